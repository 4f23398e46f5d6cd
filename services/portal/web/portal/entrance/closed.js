import { MessagePage } from '../../components/message-page.js'
import { html } from '../../lib/ui.js'

/** The agency has shut its portal for everyone but its own people. */
export function ClosedPage({ onRetry }) {
  return html`<${MessagePage} title="This portal is closed for now" action="Try again" onAction=${onRetry}>
    The agency has switched it off. Your work and papers are safe; ask them when it opens again.
  <//>`
}
