import { cardOf, Paper, PaperNotes } from '../../components/paper.js'
import { PaperLines } from '../../components/paper-lines.js'
import { PaperTotals } from '../../components/paper-totals.js'
import { day, money } from '../../lib/format.js'
import { t } from '../../lib/texts.js'
import { html } from '../../lib/ui.js'
import { invoiceState } from '../papers/states.js'

/** The invoice as a sheet of paper: head, lines, totals, and what is left to pay. */
export function InvoiceSheet({ portal, invoice }) {
  const { settings, agency } = portal.snapshot
  const { state } = invoiceState(invoice)
  const sum = (amount) => money(amount, invoice.currency)
  const deposit = invoice.depositDue > 0 && invoice.deposit
  const facts = [
    { label: t('portal.invoices.issued'), value: invoice.issueDate && day(invoice.issueDate) },
    { label: t('portal.invoices.due_fact'), value: day(invoice.dueDate) },
    { label: deposit && t('portal.invoices.deposit_fact', { date: day(deposit.dueDate) }), value: deposit && sum(invoice.depositDue) },
    { label: t('portal.invoices.amount_due'), value: sum(invoice.amountDue), strong: true },
  ]
  const settled = [
    invoice.amountCredited > 0 && { label: t('portal.invoices.credited'), amount: -invoice.amountCredited },
    invoice.amountPaid > 0 && { label: t('portal.invoices.paid'), amount: -invoice.amountPaid },
    invoice.amountOverpaid > 0 && { label: t('portal.invoices.overpaid'), amount: invoice.amountOverpaid },
  ].filter(Boolean)
  const more = settled.length > 0 ? [...settled, { label: t('portal.invoices.amount_due'), amount: invoice.amountDue, strong: true }] : []
  return html`<${Paper} ...${{ settings, agency, facts }} title=${t('portal.invoices.title', { number: invoice.number })}
    standing=${state === 'open' ? '' : t(`portal.invoices.state.${state}`)} client=${cardOf(invoice.client)}>
    <${PaperLines} lines=${invoice.lines} currency=${invoice.currency} />
    <${PaperTotals} paper=${invoice} more=${more} />
    <${PaperNotes} text=${invoice.notes} />
  <//>`
}
