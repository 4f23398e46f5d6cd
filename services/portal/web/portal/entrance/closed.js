import { MessagePage } from '../../components/message-page.js'
import { t } from '../../lib/texts.js'
import { html } from '../../lib/ui.js'

/** The agency has shut its portal for everyone but its own people. */
export function ClosedPage({ onRetry }) {
  return html`<${MessagePage} title=${t('portal.entrance.closed')} action=${t('shared.ui.retry')} onAction=${onRetry}>
    ${t('portal.entrance.closed_text')}
  <//>`
}
