import { Button } from '../../components/button.js'
import { DateField } from '../../components/date-field.js'
import { Dialog } from '../../components/dialog.js'
import { Field } from '../../components/field.js'
import { MoneyField } from '../../components/money-field.js'
import { Select } from '../../components/select.js'
import { amountOf, typed } from '../../lib/amounts.js'
import { money } from '../../lib/format.js'
import { t } from '../../lib/texts.js'
import { toast } from '../../lib/toasts.js'
import { html } from '../../lib/ui.js'
import { useForm } from '../../lib/use-form.js'
import { post } from '../lib/api.js'
import { today } from '../papers/days.js'

const METHODS = ['bank_transfer', 'cash', 'card', 'cheque', 'other']

/** Money that came in by other means than a provider: all that is due, or a part. */
export function PaymentDialog({ invoice, onDone, onClose }) {
  const { id, currency, amountDue } = invoice
  const form = useForm({
    initial: { amount: typed(amountDue), receivedOn: today(), method: METHODS[0], note: '' },
    draft: `payment.${id}`,
    check: ({ amount, receivedOn }) => ({
      amount: complaintAbout(amountOf(amount), amountDue, currency),
      receivedOn: receivedOn ? '' : t('app.papers.missing_day'),
    }),
    send: ({ amount, ...rest }, key) => post(`/api/invoices/${id}/payments`, { amount: amountOf(amount), ...rest }, key),
    done: (payment) => {
      toast({ text: t('app.invoices.recorded', { amount: money(payment.amount, currency) }) })
      onDone()
    },
  })
  const { bind, values, complaints, busy, submit } = form
  const amount = amountOf(values.amount)
  const rest = amount > 0 && amount < amountDue ? t('app.invoices.stays_due', { amount: money(roughly(amountDue - amount), currency) }) : ''
  const actions = html`<${Button} onPress=${onClose}>${t('shared.ui.cancel')}<//>
    <${Button} kind="primary" busy=${busy} onPress=${submit}>${amount > 0 ? t('app.invoices.record_amount', { amount: money(amount, currency) }) : t('app.invoices.record')}<//>`
  return html`<${Dialog} title=${t('app.invoices.record_title', { number: invoice.number })} open onClose=${onClose} actions=${actions} size="small">
    <form class="fields" ref=${form.form} onSubmit=${submit} novalidate>
      ${complaints.all && html`<p class="complaint" role="alert">${complaints.all}</p>`}
      <${MoneyField} label=${t('app.invoices.received')} currency=${currency} hint=${rest} ...${bind('amount')} focus />
      <${DateField} label=${t('app.invoices.received_on')} max=${today()} ...${bind('receivedOn')} />
      <${Select} label=${t('app.invoices.method')} options=${METHODS.map((value) => ({ value, label: t(`app.payments.methods.${value}`) }))} ...${bind('method')} />
      <${Field} label=${t('app.invoices.payment_note')} optional hint=${t('app.invoices.payment_note_hint')} maxlength="1000" ...${bind('note')} />
      <button type="submit" hidden></button>
    </form>
  <//>`
}

function complaintAbout(amount, due, currency) {
  if (amount === null || amount <= 0) return t('app.papers.no_number')
  return amount > due ? t('app.invoices.too_much', { amount: money(due, currency) }) : ''
}

/** The difference of two amounts, without what binary arithmetic adds to it. */
const roughly = (amount) => Number(amount.toFixed(4))
