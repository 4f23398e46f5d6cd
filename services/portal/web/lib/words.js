// States and refusals in plain words.
export const PROJECT_STATES = { active: 'In progress', on_hold: 'On hold', completed: 'Completed', archived: 'Archived' }
export const FILE_STATES = {
  uploaded: 'To review',
  approved: 'Approved',
  changes_requested: 'Changes requested',
  signed: 'Signed',
}

export function invoiceState(invoice) {
  if (invoice.status === 'paid') return 'Paid'
  if (invoice.status === 'void') return 'Void'
  if (invoice.overdue) return 'Overdue'
  return invoice.status === 'partially_paid' ? 'Partly paid' : 'To pay'
}

/** What happened, what is safe and what to do, for a request that was refused. */
export function explain(refusal) {
  if (refusal.status === 0) return 'We could not reach the portal. Nothing was sent; check your connection and try again.'
  if (refusal.status === 429) return `That was a lot at once. Try again ${inMinutes(refusal.retryAfter)}.`
  if (refusal.status === 409) return refusal.message || 'This has changed since you opened the page. Here is the latest.'
  if (refusal.status >= 500) return 'Something went wrong on our side. What you typed is kept; try again in a moment.'
  return refusal.message || 'That did not work. Try again.'
}

/** How long to wait, for a person. */
export function inMinutes(seconds) {
  const minutes = Math.ceil(seconds / 60)
  return minutes > 1 ? `in ${minutes} minutes` : 'in a minute'
}

/** What the server says of a field, as a sentence. */
export function inSentence(message) {
  return `${message.charAt(0).toUpperCase()}${message.slice(1)}.`
}

/** The message about one field of a form that was refused, empty when that field is fine. */
export function aboutField(refusal, name) {
  return refusal?.fields.find(({ field }) => field === name)?.message ?? ''
}
