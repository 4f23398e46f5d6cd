// What waits for the client, out of the snapshot.
const PAYABLE = new Set(['sent', 'viewed', 'partially_paid'])

export function awaitsReview(file) {
  return file.status === 'uploaded' && file.uploadedBy?.kind !== 'client'
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
