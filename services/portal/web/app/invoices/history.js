// What happened to an invoice, newest first.
import { money } from '../../lib/format.js'
import { t } from '../../lib/texts.js'
import { methodWords } from '../payments/words.js'

export function historyOf(invoice, { payments, creditNotes, reminders }) {
  const { client, currency } = invoice
  const sum = (amount) => money(amount, currency)
  const items = [
    { key: 'created', icon: 'file-text', text: t('app.invoices.history.created'), at: invoice.createdAt },
    invoice.sentAt && { key: 'sent', icon: 'send', tone: 'info', text: t('app.invoices.history.sent'), at: invoice.sentAt },
    invoice.viewedAt && { key: 'viewed', icon: 'eye', tone: 'info', text: t('app.invoices.history.viewed'), by: client.name, at: invoice.viewedAt },
    invoice.status === 'void' && invoice.amountCredited === 0 && { key: 'void', icon: 'circle-x', text: t('app.invoices.history.void'), at: invoice.updatedAt },
    ...reminders.rows.map((reminder) => ({ key: reminder.id, icon: 'bell', tone: 'warning', text: reminderWords(reminder), at: reminder.createdAt })),
    ...creditNotes.rows.map((note) => ({ key: note.id, icon: 'receipt', text: t('app.invoices.history.credited', { number: note.number, amount: sum(note.amount) }), at: note.createdAt })),
    ...payments.rows.map((payment) => ({ key: payment.id, icon: 'banknote', tone: 'success', text: t('app.invoices.history.paid', { amount: sum(payment.amount), method: methodWords(payment) }), at: payment.createdAt })),
  ]
  return items.filter(Boolean).reverse().sort((one, other) => other.at.localeCompare(one.at))
}

function reminderWords({ daysFromDue }) {
  if (daysFromDue === 0) return t('app.invoices.history.reminded_today')
  return t(daysFromDue < 0 ? 'app.invoices.history.reminded_before' : 'app.invoices.history.reminded_after', { count: Math.abs(daysFromDue) })
}
