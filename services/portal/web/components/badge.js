import { html } from '../lib/ui.js'

/** A state in a word or two; `tone` is neutral, success, warning, danger or info. */
export function Badge({ tone = 'neutral', children }) {
  return html`<span class=${`badge badge-${tone}`}>${children}</span>`
}
