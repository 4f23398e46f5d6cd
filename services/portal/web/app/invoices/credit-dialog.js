import { Button } from '../../components/button.js'
import { Checkbox } from '../../components/checkbox.js'
import { Dialog } from '../../components/dialog.js'
import { MoneyField } from '../../components/money-field.js'
import { RadioGroup } from '../../components/radio-group.js'
import { TextArea } from '../../components/text-area.js'
import { amountOf } from '../../lib/amounts.js'
import { money } from '../../lib/format.js'
import { t } from '../../lib/texts.js'
import { toast } from '../../lib/toasts.js'
import { html } from '../../lib/ui.js'
import { useForm } from '../../lib/use-form.js'
import { post } from '../lib/api.js'
import { CreditLines, creditedLines, creditTotal } from './credit-lines.js'

/** A credit note: all that is left of an invoice, an amount, or some of its lines. */
export function CreditDialog({ invoice, onDone, onClose }) {
  const { id, currency, lines } = invoice
  const form = useForm({
    initial: { what: 'rest', amount: '', lines: lines.map(() => ''), reason: '', sendEmail: Boolean(invoice.client.email) },
    draft: `credit.${id}`,
    check: ({ what, amount, lines: many }) => ({
      amount: what === 'amount' && !(amountOf(amount) > 0) ? t('app.papers.no_number') : '',
      lines: what === 'lines' && creditedLines(invoice, many).length === 0 ? t('app.invoices.no_credit_lines') : '',
    }),
    send: (values, key) => post(`/api/invoices/${id}/credit-notes`, bodyOf(invoice, values), key),
    done: (note) => {
      toast({ text: t('app.invoices.credited_note', { number: note.number, amount: money(note.amount, currency) }) })
      onDone()
    },
  })
  const { bind, values, complaints, busy, submit } = form
  const ways = ['rest', 'amount', 'lines'].map((value) => ({ value, label: t(`app.invoices.credits.${value}`) }))
  const actions = html`<${Button} onPress=${onClose}>${t('shared.ui.cancel')}<//><${Button} kind="danger" busy=${busy} onPress=${submit}>${confirmWords(invoice, values)}<//>`
  return html`<${Dialog} title=${t('app.invoices.credit_title', { number: invoice.number })} open onClose=${onClose} actions=${actions}>
    <form class="fields" ref=${form.form} onSubmit=${submit} novalidate>
      ${complaints.all && html`<p class="complaint" role="alert">${complaints.all}</p>`}
      <p>${t('app.invoices.credit_text')}</p>
      <${RadioGroup} label=${t('app.invoices.credit_what')} options=${ways} ...${bind('what')} />
      ${values.what === 'amount' && html`<${MoneyField} label=${t('app.invoices.credit_amount')} currency=${currency} ...${bind('amount')} />`}
      ${values.what === 'lines' && html`<${CreditLines} invoice=${invoice} ...${bind('lines')} />`}
      <${TextArea} label=${t('app.invoices.reason')} hint=${t('app.invoices.reason_hint')} optional rows=${2} maxlength="10000" ...${bind('reason')} />
      ${invoice.client.email && html`<${Checkbox} label=${t('app.papers.send_mail')} hint=${invoice.client.email} on=${values.sendEmail} onSwitch=${(sendEmail) => form.change({ sendEmail })} />`}
    </form>
  <//>`
}

function bodyOf(invoice, { what, amount, lines, reason, sendEmail }) {
  const shared = { reason: reason.trim(), sendEmail }
  if (what === 'amount') return { ...shared, amount: amountOf(amount) }
  return what === 'lines' ? { ...shared, lines: creditedLines(invoice, lines) } : shared
}

function confirmWords(invoice, { what, amount, lines }) {
  const sum = { amount: amountOf(amount), lines: creditTotal(invoice, lines) }[what]
  return sum > 0 ? t('app.invoices.credit_sum', { amount: money(sum, invoice.currency) }) : t('app.invoices.credit')
}
