import { html } from '../lib/ui.js'

/** What the page is for: its one primary button and the quieter choices. On a phone it stays at the bottom edge. */
export function ActionBar({ label, children }) {
  return html`<div class="action-bar" role="group" aria-label=${label}>${children}</div>`
}
