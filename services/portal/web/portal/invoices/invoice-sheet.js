import { day, money, number, percent } from '../../lib/format.js'
import { html } from '../../lib/ui.js'

/** The invoice as a sheet of paper: head, lines, totals. */
export function InvoiceSheet({ invoice, agency }) {
  const sum = (amount) => money(amount, invoice.currency)
  return html`<article class="sheet">
    <header class="sheet-head">
      <p class="sheet-from">${agency.name}</p>
      <p>Invoice ${invoice.number}<br />Issued ${day(invoice.issueDate)}<br />Due ${day(invoice.dueDate)}</p>
    </header>
    <p class="quiet">For ${invoice.client.company || invoice.client.name}</p>
    <div class="table-scroll" tabindex="0" role="region" aria-label="Lines of the invoice">
      <table>
        <thead>
          <tr><th scope="col">What</th><th scope="col">Quantity</th><th scope="col">Price</th><th scope="col">Amount</th></tr>
        </thead>
        <tbody>
          ${invoice.lines.map(
            (line, index) => html`<tr key=${index}>
              <td>${line.description}</td><td>${number(line.quantity)}</td><td>${sum(line.unitPrice)}</td><td>${sum(line.amount)}</td>
            </tr>`,
          )}
        </tbody>
        <tfoot>
          <${Total} label="Subtotal" value=${sum(invoice.subtotal)} />
          ${invoice.discountTotal > 0 && html`<${Total} label="Discount" value=${sum(-invoice.discountTotal)} />`}
          ${invoice.taxes.map(
            (tax) => html`<${Total} key=${tax.rate} label=${`${tax.name || 'Tax'} ${percent(tax.rate)}`} value=${sum(tax.amount)} />`,
          )}
          <${Total} label="Total" value=${sum(invoice.amount)} />
          ${invoice.amountCredited > 0 && html`<${Total} label="Credited" value=${sum(-invoice.amountCredited)} />`}
          ${invoice.amountPaid > 0 && html`<${Total} label="Paid" value=${sum(-invoice.amountPaid)} />`}
          <${Total} label="To pay" value=${sum(invoice.amountDue)} strong />
        </tfoot>
      </table>
    </div>
    ${invoice.notes && html`<p class="long-text">${invoice.notes}</p>`}
  </article>`
}

function Total({ label, value, strong }) {
  return html`<tr class=${strong ? 'total' : undefined}><th scope="row" colspan="3">${label}</th><td>${value}</td></tr>`
}
