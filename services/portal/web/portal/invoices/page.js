import { Button } from '../../components/button.js'
import { InvoiceSheet } from './invoice-sheet.js'
import { day, dayOf, money } from '../../lib/format.js'
import { html, useEffect } from '../../lib/ui.js'
import { awaitsPayment } from '../home/waiting.js'
import { NothingHere } from '../../components/nothing-here.js'

/** One invoice: what is due and when, in one line; the sheet; one button to pay. */
export function InvoicePage({ id, portal }) {
  const { snapshot, actions } = portal
  const invoice = snapshot.invoices.find((one) => one.id === id)
  useEffect(() => (invoice ? actions.invoiceOpened(invoice) : undefined), [id])
  if (!invoice) return html`<${NothingHere} />`
  const payable = awaitsPayment(invoice)
  return html`<main id="main" tabindex="-1">
    <h1>Invoice ${invoice.number}</h1>
    <p class="lead">${summary(invoice)}</p>
    <${InvoiceSheet} invoice=${invoice} agency=${snapshot.agency} />
    <div class="action-bar">
      ${payable &&
      html`<a class="button button-primary" href=${invoice.paymentUrl} rel="noreferrer">
        Pay ${money(invoice.depositDue || invoice.amountDue, invoice.currency)}
      </a>`}
      <${Button} onPress=${() => actions.pdf(invoice)}>Download PDF<//>
      ${snapshot.creditNotes
        .filter((note) => note.invoiceId === id)
        .map((note) => html`<${Button} key=${note.id} onPress=${() => actions.creditNotePdf(note)}>Credit note ${note.number}<//>`)}
    </div>
  </main>`
}

function summary(invoice) {
  if (invoice.status === 'void' && invoice.amountCredited === invoice.amount) {
    return 'This invoice has been credited in full. There is nothing to pay.'
  }
  if (invoice.status === 'void') return 'This invoice has been withdrawn. There is nothing to pay.'
  if (invoice.status === 'paid') return `Paid${invoice.paidAt ? ` on ${dayOf(invoice.paidAt)}` : ''}. Thank you.`
  const amount = money(invoice.amountDue, invoice.currency)
  if (invoice.depositDue > 0 && invoice.depositDue < invoice.amountDue) {
    const deposit = money(invoice.depositDue, invoice.currency)
    return `A deposit of ${deposit} is due on ${day(invoice.deposit.dueDate)}, ${amount} in all on ${day(invoice.dueDate)}.`
  }
  return `${amount} ${invoice.overdue ? 'was due' : 'is due'} on ${day(invoice.dueDate)}.`
}
