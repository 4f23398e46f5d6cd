// What is to be known of an invoice first, in one sentence: how much, and when.
import { day, dayOf, money } from '../../lib/format.js'
import { t } from '../../lib/texts.js'
import { daysUntil } from '../papers/days.js'

// So far ahead nobody counts days.
const FAR = 99

export function dueWords({ status, amount, amountDue, currency, dueDate, paidAt, amountCredited }) {
  const due = money(amountDue, currency)
  if (status === 'void') return t(amountCredited > 0 ? 'app.invoices.says.credited' : 'app.invoices.says.void', { amount: money(amount, currency) })
  if (status === 'paid') return t('app.invoices.says.paid', { amount: money(amount, currency), day: dayOf(paidAt) })
  const left = daysUntil(dueDate)
  if (status === 'draft') return t('app.invoices.says.draft', { amount: money(amount, currency), day: day(dueDate) })
  if (left < 0) return t('app.invoices.says.late', { amount: due, day: day(dueDate), count: -left })
  if (left === 0) return t('app.invoices.says.today', { amount: due })
  if (left > FAR) return t('app.invoices.says.far', { amount: due, day: day(dueDate) })
  return t('app.invoices.says.due', { amount: due, day: day(dueDate), count: left })
}
