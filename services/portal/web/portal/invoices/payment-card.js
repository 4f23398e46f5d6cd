import { Button } from '../../components/button.js'
import { Icon } from '../../components/icon.js'
import { day, money } from '../../lib/format.js'
import { t } from '../../lib/texts.js'
import { html } from '../../lib/ui.js'
import { methodOf } from './methods.js'

/** What was paid, what went back, and what was credited; nothing where there was neither. */
export function PaymentCard({ payments, notes, currency, actions }) {
  if (payments.length + notes.length === 0) return null
  return html`<section class="card payments" aria-labelledby="payments">
    <div class="card-head"><h2 id="payments">${t(notes.length > 0 ? 'portal.invoices.payments_and_notes' : 'portal.invoices.payments')}</h2></div>
    <ul>
      ${payments.map((payment) => html`<${Payment} key=${payment.id} ...${{ payment, currency }} />`)}
      ${notes.map((note) => html`<li key=${note.id} class="payment">
        <${Icon} name="receipt" />
        <span class="payment-what">
          <${Button} kind="plain" onPress=${() => actions.creditNotePdf(note)}>${t('portal.invoices.credit_note', { number: note.number })}<//>
          <span class="quiet">${day(note.issueDate)}${note.reason && html` · <bdi>${note.reason}</bdi>`}</span>
        </span>
        <span class="amount">${money(-note.amount, currency)}</span>
      </li>`)}
    </ul>
  </section>`
}

function Payment({ payment, currency }) {
  return html`<li class="payment">
      <${Icon} name="banknote" />
      <span class="payment-what">${t('portal.invoices.payment_by', { method: methodOf(payment.method) })}<span class="quiet">${day(payment.receivedOn)}</span></span>
      <span class="amount">${money(payment.amount, currency)}</span>
    </li>
    ${payment.refunds.map((refund) => html`<li key=${refund.id} class="payment">
      <${Icon} name="undo-2" />
      <span class="payment-what">${t(`portal.invoices.${refund.kind}`)}<span class="quiet">${day(refund.refundedOn)}</span></span>
      <span class="amount">${money(-refund.amount, currency)}</span>
    </li>`)}`
}
