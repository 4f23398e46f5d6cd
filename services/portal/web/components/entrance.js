import { html } from '../lib/ui.js'
import { Logo } from './logo.js'

/** The frame of every page by which people come in: whose house it is, and one decision; `wide` for a longer form. */
export function Entrance({ welcome, wide = false, children }) {
  return html`<main class=${wide ? 'entrance entrance-wide' : 'entrance'} id="main">
    ${welcome && html`<p class="entrance-house"><${Logo} settings=${welcome} name=${welcome.portal_name} /></p>`}
    ${children}
  </main>`
}
