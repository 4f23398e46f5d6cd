import { html } from '../lib/ui.js'
import { Logo } from './logo.js'

/** The frame of every page by which people come in: whose house it is, and one decision. */
export function Entrance({ welcome, children }) {
  return html`<main class="entrance" id="main">
    ${welcome && html`<p class="entrance-house"><${Logo} settings=${welcome} name=${welcome.portal_name} /></p>`}
    ${children}
  </main>`
}
