import { Badge } from '../../components/badge.js'
import { Icon } from '../../components/icon.js'
import { Link } from '../../components/link.js'
import { html } from '../../lib/ui.js'

/** One paper in a list: what it is, how it stands, what it comes to. */
export function PaperRow({ to, icon, what, about, amount, badge, tone, late = false }) {
  return html`<li class="paper-row">
    <${Link} to=${to} class="list-row">
      <span class=${late ? 'list-icon list-icon-late' : 'list-icon'}><${Icon} name=${icon} /></span>
      <span class="list-main">
        <span class="list-what" dir="auto">${what}</span>
        <span class=${late ? 'list-about late' : 'list-about'}>${about}</span>
      </span>
      <span class="paper-row-end">
        <${Badge} tone=${tone}>${badge}<//>
        ${amount && html`<span class="amount list-amount">${amount}</span>`}
      </span>
      <${Icon} name="chevron-right" />
    <//>
  </li>`
}
