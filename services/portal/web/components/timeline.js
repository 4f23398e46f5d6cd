import { html } from '../lib/ui.js'
import { Icon } from './icon.js'
import { When } from './when.js'

/** What happened, newest first: [{key, icon, tone, text, by, at, children}]. */
export function Timeline({ items, label }) {
  return html`<ol class="timeline" aria-label=${label}>
    ${items.map((item) => html`<li key=${item.key} class=${`timeline-item timeline-${item.tone ?? 'neutral'}`}>
      <span class="timeline-icon"><${Icon} name=${item.icon ?? 'circle'} /></span>
      <div>
        <p>${item.text}</p>
        ${item.children}
        <p class="quiet">${item.by && html`<bdi>${item.by}</bdi> · `}<${When} at=${item.at} relative /></p>
      </div>
    </li>`)}
  </ol>`
}
