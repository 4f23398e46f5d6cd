import { html } from '../../lib/ui.js'

/** Samples of one component under its name. */
export function Part({ name, wide = false, children }) {
  return html`<section class=${wide ? 'part part-wide' : 'part'} aria-label=${name}>
    <h2>${name}</h2>
    <div class="part-samples">${children}</div>
  </section>`
}
