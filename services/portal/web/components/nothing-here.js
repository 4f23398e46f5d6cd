import { Link } from './link.js'
import { html } from '../lib/ui.js'

/** For what is gone, was never there or is not this client's: one and the same page. */
export function NothingHere() {
  return html`<main id="main" tabindex="-1">
    <h1>There is nothing here</h1>
    <p>It may have been moved or removed. <${Link} to="#/">Back to the start<//></p>
  </main>`
}
