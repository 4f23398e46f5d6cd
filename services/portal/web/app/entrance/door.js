import { t } from '../../lib/texts.js'
import { html } from '../../lib/ui.js'
import { useTitle } from '../lib/use-title.js'
import { Mark } from './mark.js'

/** The frame of every page by which members come in: one decision on a sheet; `foot` leads elsewhere. */
export function Door({ title, name = title, lead, foot, children }) {
  useTitle(name && `${name} · ${t('app.entrance.product')}`)
  return html`<main class="door" id="main" tabindex="-1">
    <${Mark} />
    <div class="door-sheet">
      <div class="door-head">
        <h1>${title}</h1>
        ${lead && html`<p class="quiet">${lead}</p>`}
      </div>
      ${children}
    </div>
    ${foot && html`<p class="door-foot">${foot}</p>`}
  </main>`
}
