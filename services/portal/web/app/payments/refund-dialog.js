import { Button } from '../../components/button.js'
import { Checkbox } from '../../components/checkbox.js'
import { Dialog } from '../../components/dialog.js'
import { Field } from '../../components/field.js'
import { MoneyField } from '../../components/money-field.js'
import { amountOf, typed } from '../../lib/amounts.js'
import { money } from '../../lib/format.js'
import { t } from '../../lib/texts.js'
import { toast } from '../../lib/toasts.js'
import { html } from '../../lib/ui.js'
import { useForm } from '../../lib/use-form.js'
import { post } from '../lib/api.js'

/** Gives a payment back, all that is left of it or a part; its one button names the amount. */
export function RefundDialog({ payment, left, onDone, onClose }) {
  const { id, currency, provider } = payment
  const isByHand = provider === 'manual'
  const form = useForm({
    initial: { amount: typed(left), reason: '', recordOnly: false },
    draft: `refund.${id}`,
    check: ({ amount }) => ({ amount: complaintAbout(amountOf(amount), left, currency) }),
    send: ({ amount, reason, recordOnly }, key) => post(`/api/payments/${id}/refunds`, { amount: amountOf(amount), reason: reason.trim(), recordOnly }, key),
    done: ({ status }) => {
      toast({ text: t(status === 'pending' ? 'app.payments.refund_asked' : 'app.payments.refund_recorded') })
      onDone()
    },
  })
  const { bind, values, complaints, busy, submit, change } = form
  const amount = amountOf(values.amount)
  const isRecord = isByHand || values.recordOnly
  const actions = html`<${Button} onPress=${onClose}>${t('shared.ui.cancel')}<//>
    <${Button} kind="danger" busy=${busy} onPress=${submit}>${amount > 0 ? t('app.payments.refund_amount', { amount: money(amount, currency) }) : t('app.payments.refund')}<//>`
  return html`<${Dialog} title=${t('app.payments.refund_title')} open onClose=${onClose} actions=${actions} size="small">
    <form class="fields" ref=${form.form} onSubmit=${submit} novalidate>
      ${complaints.all && html`<p class="complaint" role="alert">${complaints.all}</p>`}
      <p>${t(isRecord ? 'app.payments.refund_text_record' : 'app.payments.refund_text', { provider })}</p>
      <${MoneyField} label=${t('app.papers.amount')} currency=${currency} hint=${t('app.payments.refund_left', { amount: money(left, currency) })} ...${bind('amount')} focus />
      <${Field} label=${t('app.invoices.reason')} optional maxlength="500" ...${bind('reason')} />
      ${!isByHand && html`<${Checkbox} label=${t('app.payments.record_only')} hint=${t('app.payments.record_only_hint')} on=${values.recordOnly} onSwitch=${(recordOnly) => change({ recordOnly })} />`}
      <button type="submit" hidden></button>
    </form>
  <//>`
}

function complaintAbout(amount, left, currency) {
  if (amount === null || amount <= 0) return t('app.papers.no_number')
  return amount > left ? t('app.payments.refund_too_much', { amount: money(left, currency) }) : ''
}
