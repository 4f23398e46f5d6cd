import { Button } from '../../components/button.js'
import { ConfirmDialog } from '../../components/confirm-dialog.js'
import { LinkButton } from '../../components/link-button.js'
import { t } from '../../lib/texts.js'
import { html, useState } from '../../lib/ui.js'
import { post } from '../lib/api.js'
import { SendDialog } from '../papers/send-dialog.js'
import { useAct } from '../papers/use-act.js'
import { CreditDialog } from './credit-dialog.js'
import { InvoiceMenu } from './invoice-menu.js'
import { PaymentDialog } from './payment-dialog.js'
import { StatementDialog } from './statement.js'
import { isOpen } from './states.js'

/** The one thing that comes next for an invoice, and the quieter ones. */
export function InvoiceActions({ invoice, onChanged, onDeleted }) {
  const { id, status, client } = invoice
  const [open, setOpen] = useState('')
  const act = useAct(onChanged)
  const close = () => setOpen('')
  const done = async () => {
    close()
    await onChanged()
  }
  const send = async (sendEmail) => {
    const sent = await act('send', (key) => post(`/api/invoices/${id}/send`, { sendEmail }, key), t('app.papers.sent'))
    close()
    if (sent) await onChanged()
  }
  const makeVoid = async () => {
    const gone = await act('void', (key) => post(`/api/invoices/${id}/void`, {}, key), t('app.invoices.voided'))
    if (gone) await onChanged()
  }
  const more = [
    status !== 'draft' && status !== 'void' && { label: t('app.invoices.credit'), icon: 'receipt', onPress: () => setOpen('credit') },
    { label: t('app.invoices.statement_of', { name: client.name }), icon: 'list', onPress: () => setOpen('statement') },
    isOpen(invoice) && invoice.amountPaid === 0 && { label: t('app.invoices.void'), icon: 'circle-x', tone: 'danger', onPress: () => setOpen('void') },
  ]
  return html`<div class="paper-actions">
    ${status === 'draft' && html`<${Button} kind="primary" icon="send" onPress=${() => setOpen('send')}>${t('app.papers.send')}<//>
      <${LinkButton} to=${`/app/invoices/${id}/edit`} icon="pencil">${t('app.papers.edit')}<//>`}
    ${isOpen(invoice) && html`<${Button} kind="primary" icon="banknote" onPress=${() => setOpen('payment')}>${t('app.invoices.record')}<//>`}
    ${isOpen(invoice) && client.email && html`<${Button} icon="send" onPress=${() => setOpen('send')}>${t(invoice.overdue ? 'app.invoices.remind' : 'app.papers.send_again')}<//>`}
    <${InvoiceMenu} invoice=${invoice} more=${more} onDeleted=${onDeleted} />
    <${SendDialog} open=${open === 'send'} client=${client} again=${status !== 'draft'} onSend=${send} onClose=${close} />
    ${open === 'payment' && html`<${PaymentDialog} invoice=${invoice} onDone=${done} onClose=${close} />`}
    ${open === 'credit' && html`<${CreditDialog} invoice=${invoice} onDone=${done} onClose=${close} />`}
    <${StatementDialog} clientId=${client.id} currency=${invoice.currency} open=${open === 'statement'} onClose=${close} />
    <${ConfirmDialog} title=${t('app.invoices.void_title', { number: invoice.number ?? '' })} text=${t('app.invoices.void_text')} confirm=${t('app.invoices.void_confirm')}
      open=${open === 'void'} onConfirm=${makeVoid} onClose=${close} />
  </div>`
}
