// What waits for the client, out of the snapshot.
const PAYABLE = new Set(['sent', 'viewed', 'partially_paid'])
const OPEN = new Set(['sent', 'viewed'])

/** By kind; `seen` are the last messages that were read, by thread. */
export function waitingFor({ files, quotes, contracts, invoices, threads }, seen = {}) {
  return {
    files: files.filter(awaitsReview),
    quotes: quotes.filter(awaitsAnswer),
    contracts: contracts.filter(awaitsAnswer),
    invoices: invoices.filter(awaitsPayment),
    messages: threads.filter((thread) => isUnread(thread, seen)),
  }
}

export function awaitsReview(file) {
  return file.status === 'uploaded' && file.uploadedBy.kind === 'member'
}

/** What the client may still do with a file: an approval and a signature are final, a request for changes is not. */
export function decisionsOn(file) {
  if (file.uploadedBy.kind !== 'member' || file.status === 'signed') return []
  return file.status === 'approved' ? ['sign'] : ['approve', 'sign', 'changes']
}

/** A quote to decide on, or a contract to sign. */
export function awaitsAnswer({ status }) {
  return OPEN.has(status)
}

export function awaitsPayment(invoice) {
  return PAYABLE.has(invoice.status) && invoice.amountDue > 0
}

/** The agency had the last word, and it was not read here. */
export function isUnread(thread, seen) {
  const last = thread.messages.at(-1)
  return last?.author.kind === 'member' && seen[thread.id] !== last.id
}

export function countOf(waiting) {
  return Object.values(waiting).reduce((sum, some) => sum + some.length, 0)
}
