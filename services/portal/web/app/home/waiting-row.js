import { Icon } from '../../components/icon.js'
import { Link } from '../../components/link.js'
import { Money } from '../../components/money.js'
import { When } from '../../components/when.js'
import { t } from '../../lib/texts.js'
import { html } from '../../lib/ui.js'

export function WaitingRow({ row: { icon, tone = 'neutral', title, text, at, on, due = false, amount, to } }) {
  return html`<li>
    <${Link} class="waiting-row" to=${to}>
      <span class=${`waiting-icon waiting-${tone}`}><${Icon} name=${icon} /></span>
      <span class="waiting-facts">
        <span class="waiting-title">${title}</span>
        ${text && html`<span class="waiting-text quiet one-line" dir="auto">${text}</span>`}
      </span>
      <span class="waiting-end">
        ${amount && html`<${Money} ...${amount} />`}
        <span class="quiet">${due ? t('app.home.due', { date: html`<${When} on=${on} />` }) : html`<${When} at=${at} relative />`}</span>
      </span>
    <//>
  </li>`
}
