// How a paper stands, in a word with its tone.
const QUOTE = {
  sent: 'warning',
  viewed: 'warning',
  changes_requested: 'info',
  accepted: 'success',
  declined: 'neutral',
  expired: 'neutral',
}
const CONTRACT = { sent: 'warning', viewed: 'warning', signed: 'success', declined: 'neutral', void: 'neutral' }
const INVOICE = { paid: 'success', void: 'neutral', credited: 'neutral', overdue: 'danger', partially_paid: 'warning', open: 'warning' }

/** `{state, tone}`; its word stands in the texts under `portal.quotes.state`. */
export function quoteState(quote) {
  const state = isExpired(quote) ? 'expired' : quote.status
  return { state: state === 'viewed' ? 'sent' : state, tone: QUOTE[state] ?? 'neutral' }
}

// Where a day ends last: behind UTC by so much.
const FURTHEST_BEHIND_MS = 12 * 60 * 60 * 1000

/** A quote holds through its last day where its agency is; it is told to be over by then, or once that day is over everywhere. */
export function isExpired({ status, expiresOn }) {
  if (status === 'expired') return true
  const open = status === 'sent' || status === 'viewed' || status === 'changes_requested'
  return open && Boolean(expiresOn) && expiresOn < new Date(Date.now() - FURTHEST_BEHIND_MS).toISOString().slice(0, 10)
}

/** Whether its client can still accept or decline it. */
export function isAnswerable(quote) {
  return ['sent', 'viewed', 'changes_requested'].includes(quote.status) && !isExpired(quote)
}

export function contractState({ status }) {
  return { state: status === 'viewed' ? 'sent' : status, tone: CONTRACT[status] ?? 'neutral' }
}

export function isSignable({ status }) {
  return status === 'sent' || status === 'viewed'
}

export function invoiceState(invoice) {
  const state = stateOf(invoice)
  return { state, tone: INVOICE[state] }
}

function stateOf({ status, overdue, amountCredited, amount }) {
  if (status === 'void') return amountCredited === amount && amount > 0 ? 'credited' : 'void'
  if (status === 'paid') return 'paid'
  if (overdue) return 'overdue'
  return status === 'partially_paid' ? status : 'open'
}
