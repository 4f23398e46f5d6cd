import { MessagePage } from './message-page.js'
import { html } from '../lib/ui.js'

/** Nobody answers, or not as they should. */
export function FailedPage({ onRetry }) {
  return html`<${MessagePage} title="The portal does not answer" action="Try again" onAction=${onRetry}>
    Something went wrong on our side or on the way. Nothing of yours is lost.
  <//>`
}
