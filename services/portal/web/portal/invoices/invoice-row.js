import { day, dayOf, money } from '../../lib/format.js'
import { html } from '../../lib/ui.js'
import { invoiceState } from '../../lib/words.js'
import { Badge } from '../../components/badge.js'
import { Link } from '../../components/link.js'

const TONES = { Paid: 'success', Overdue: 'danger', Void: 'neutral' }

export function InvoiceRow({ invoice }) {
  const state = invoiceState(invoice)
  return html`<li class="card invoice-row">
    <${Link} to=${`#/invoices/${invoice.id}`}>${invoice.number}<//>
    <span class="amount">${money(invoice.amount, invoice.currency)}</span>
    <${Badge} tone=${TONES[state] ?? 'warning'}>${state}<//>
    <span class="quiet">${invoice.paidAt ? `Paid ${dayOf(invoice.paidAt)}` : `Due ${day(invoice.dueDate)}`}</span>
  </li>`
}
