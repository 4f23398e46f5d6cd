import { html } from '../lib/ui.js'

/** The shape of the page while it loads; styles show it only after 200 ms. */
export function Skeleton({ what = 'Opening your portal' }) {
  return html`<main class="skeleton" id="main" aria-busy="true">
    <p class="visually-hidden" role="status">${what}</p>
    <div class="bone bone-title"></div>
    ${[1, 2, 3].map((row) => html`<div class="bone bone-card" key=${row}></div>`)}
  </main>`
}
