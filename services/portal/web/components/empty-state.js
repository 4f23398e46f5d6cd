import { html } from '../lib/ui.js'
import { Icon } from './icon.js'

/** Nothing is here yet: what would stand here, in a sentence, and one `action` (a button or a link). */
export function EmptyState({ icon = 'inbox', title, text, action, level = 2 }) {
  return html`<div class="empty-state">
    <span class="empty-icon"><${Icon} name=${icon} /></span>
    <${`h${level}`}>${title}<//>
    ${text && html`<p class="quiet">${text}</p>`}
    ${action && html`<div class="empty-action">${action}</div>`}
  </div>`
}
