import { html } from '../lib/ui.js'
import { Icon } from './icon.js'
import { Link } from './link.js'

/** The top of a page: the way `back` ({to, name}), its one heading with a badge, and what can be done. */
export function PageHead({ title, back, badge, actions, lead }) {
  return html`<header class="page-head">
    ${back && html`<${Link} class="back" to=${back.to}><${Icon} name="arrow-left" /><bdi class="one-line">${back.name}</bdi><//>`}
    <div class="page-head-row">
      <div class="page-title">
        <h1 dir="auto">${title}</h1>
        ${badge}
        ${lead && html`<p class="lead">${lead}</p>`}
      </div>
      ${actions && html`<div class="page-actions">${actions}</div>`}
    </div>
  </header>`
}
