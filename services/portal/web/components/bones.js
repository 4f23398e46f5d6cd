import { html } from '../lib/ui.js'

/** The shape of what is on its way: rows, cards, text, a sheet of paper, fields; shown only after 200 ms. */
export function Bones({ shape = 'rows', count = 4 }) {
  return html`<div class=${`bones bones-${shape}`} aria-hidden="true">
    ${Array.from({ length: count }, (_, row) => html`<div class=${`bone bone-${shape}`} key=${row}></div>`)}
  </div>`
}
