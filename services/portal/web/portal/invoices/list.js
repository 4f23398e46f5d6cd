import { InvoiceRow } from './invoice-row.js'
import { MissingSection } from '../shell/missing-section.js'
import { html } from '../../lib/ui.js'

export function InvoicesPage({ portal }) {
  const { invoices, unavailable } = portal.snapshot
  return html`<main id="main" tabindex="-1">
    <h1>Invoices</h1>
    ${unavailable.includes('invoices')
      ? html`<${MissingSection} what="your invoices" onRetry=${portal.load} />`
      : html`<${Invoices} invoices=${invoices} />`}
  </main>`
}

function Invoices({ invoices }) {
  if (invoices.length === 0) return html`<p class="quiet">No invoices yet.</p>`
  return html`<ul class="rows">${invoices.map((invoice) => html`<${InvoiceRow} key=${invoice.id} invoice=${invoice} />`)}</ul>`
}
