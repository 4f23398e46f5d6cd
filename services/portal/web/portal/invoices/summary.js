import { NoticeBox } from '../../components/notice.js'
import { day, dayOf, money } from '../../lib/format.js'
import { t } from '../../lib/texts.js'
import { html } from '../../lib/ui.js'
import { methodOf } from './methods.js'

/** What is due and when, in one line; or why nothing is. */
export function InvoiceSummary({ invoice, payments }) {
  if (invoice.status === 'void') {
    const credited = invoice.amount > 0 && invoice.amountCredited === invoice.amount
    return html`<${NoticeBox} tone="neutral">${t(credited ? 'portal.invoices.is_credited' : 'portal.invoices.is_void')}<//>`
  }
  if (invoice.status === 'paid') return html`<${NoticeBox} tone="success">${paid(invoice, payments)}<//>`
  return html`<p class=${invoice.overdue ? 'invoice-due invoice-late' : 'invoice-due'}>${due(invoice)}</p>
    ${invoice.allowPartialPayments && html`<p class="quiet">${parts(invoice)}</p>`}`
}

function paid({ paidAt, amountPaid }, payments) {
  const kept = payments.filter(({ amount, refunded }) => refunded < amount)
  const methods = new Set(kept.map(({ method }) => method))
  if (!paidAt || amountPaid === 0) return t('portal.invoices.is_paid')
  const date = dayOf(paidAt)
  if (methods.size !== 1) return t('portal.invoices.paid_on', { date })
  return t('portal.invoices.paid_on_by', { date, method: methodOf(kept[0].method) })
}

function due(invoice) {
  const amount = money(invoice.amountDue, invoice.currency)
  const date = day(invoice.dueDate)
  if (invoice.depositDue > 0 && invoice.depositDue < invoice.amountDue) {
    const deposit = money(invoice.depositDue, invoice.currency)
    return t('portal.invoices.deposit_line', { deposit, first: day(invoice.deposit.dueDate), amount, date })
  }
  return t(invoice.overdue ? 'portal.invoices.was_due_line' : 'portal.invoices.due_line', { amount, date })
}

function parts({ minimumPayment, currency }) {
  return minimumPayment ? t('portal.invoices.parts_from', { least: money(minimumPayment, currency) }) : t('portal.invoices.parts')
}
