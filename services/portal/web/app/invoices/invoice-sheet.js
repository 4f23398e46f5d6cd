import { cardOf, Paper, PaperNotes } from '../../components/paper.js'
import { PaperLines } from '../../components/paper-lines.js'
import { PaperTotals } from '../../components/paper-totals.js'
import { day, money } from '../../lib/format.js'
import { t } from '../../lib/texts.js'
import { html } from '../../lib/ui.js'
import { useBrand } from '../papers/use-brand.js'
import { invoiceState } from './states.js'

/** An invoice as its client gets it; a preview does not say how it stands. */
export function InvoiceSheet({ invoice, isPreview = false }) {
  const due = invoice.amountDue ?? invoice.amount
  const sum = (amount) => money(amount, invoice.currency)
  const facts = [
    { label: t('app.invoices.issued'), value: invoice.issueDate && day(invoice.issueDate) },
    { label: t('app.invoices.due'), value: invoice.dueDate && day(invoice.dueDate) },
    { label: t('app.invoices.deposit'), value: invoice.depositDue > 0 && sum(invoice.depositDue) },
    { label: t('app.invoices.amount_due'), value: sum(due), strong: true },
  ]
  const title = invoice.number ? t('app.invoices.named', { number: invoice.number }) : t('app.invoices.one')
  return html`<${Paper} ...${useBrand()} facts=${facts} title=${title} standing=${isPreview ? '' : invoiceState(invoice).text}
    client=${invoice.client ? cardOf(invoice.client) : []}>
    <${PaperLines} lines=${invoice.lines} currency=${invoice.currency} />
    <${PaperTotals} paper=${invoice} more=${settledOf(invoice)} />
    <${PaperNotes} text=${invoice.notes} />
  <//>`
}

function settledOf({ amountCredited, amountPaid, amountDue }) {
  const settled = [
    amountCredited > 0 && { label: t('app.invoices.credited'), amount: -amountCredited },
    amountPaid > 0 && { label: t('app.invoices.paid'), amount: -amountPaid },
  ].filter(Boolean)
  return settled.length > 0 ? [...settled, { label: t('app.invoices.amount_due'), amount: amountDue, strong: true }] : []
}
