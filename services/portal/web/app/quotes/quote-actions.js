import { Button } from '../../components/button.js'
import { LinkButton } from '../../components/link-button.js'
import { t } from '../../lib/texts.js'
import { html, useState } from '../../lib/ui.js'
import { post } from '../lib/api.js'
import { SendDialog } from '../papers/send-dialog.js'
import { useAct } from '../papers/use-act.js'
import { QuoteMenu } from './quote-menu.js'

/** The one thing that comes next for a quote, and the quieter ones. */
export function QuoteActions({ quote, onChanged, onDeleted, onReload }) {
  const { id, status } = quote
  const [sending, setSending] = useState(false)
  const act = useAct(onReload)
  const waits = ['sent', 'viewed'].includes(status)
  const send = async (sendEmail) => {
    const sent = await act('send', (key) => post(`/api/quotes/${id}/send`, { sendEmail }, key), t('app.papers.sent'))
    setSending(false)
    if (sent) onChanged(sent)
  }
  return html`<div class="paper-actions">
    ${status === 'draft' && html`<${Button} kind="primary" icon="send" onPress=${() => setSending(true)}>${t('app.papers.send')}<//>
      <${LinkButton} to=${`/app/quotes/${id}/edit`} icon="pencil">${t('app.papers.edit')}<//>`}
    ${waits && quote.client.email && html`<${Button} icon="send" onPress=${() => setSending(true)}>${t('app.papers.send_again')}<//>`}
    ${waits && html`<${LinkButton} to=${`/app/quotes/${id}/edit`} icon="pencil">${t('app.quotes.revise')}<//>`}
    ${['changes_requested', 'declined', 'expired'].includes(status) && html`<${LinkButton} kind="primary" to=${`/app/quotes/${id}/edit`} icon="pencil">${t('app.quotes.revise')}<//>`}
    ${status === 'accepted' && html`<${LinkButton} kind="primary" to=${`/app/invoices/new?quote=${id}`} icon="receipt">${t('app.quotes.invoice')}<//>`}
    <${QuoteMenu} quote=${quote} onDeleted=${onDeleted} />
    <${SendDialog} open=${sending} client=${quote.client} again=${waits} onSend=${send} onClose=${() => setSending(false)} />
  </div>`
}
