// What waits for the client, out of the snapshot.
const PAYABLE = new Set(['sent', 'viewed', 'partially_paid'])

export function awaitsReview(file) {
  return file.status === 'uploaded' && file.uploadedBy.kind === 'member'
}

/** What the client may still do with a file: an approval and a signature are final, a request for changes is not. */
export function decisionsOn(file) {
  if (file.uploadedBy.kind !== 'member' || file.status === 'signed') return []
  return file.status === 'approved' ? ['sign'] : ['approve', 'sign', 'changes']
}

export function awaitsPayment(invoice) {
  return PAYABLE.has(invoice.status) && invoice.amountDue > 0
}

export function waitingFor(snapshot) {
  return {
    files: snapshot.files.filter(awaitsReview),
    invoices: snapshot.invoices.filter(awaitsPayment),
  }
}
