import { useEffect, useState } from '../../lib/ui.js'

/** What was paid on an invoice, the first payment first; read anew whenever it has changed. */
export function usePayments(portal, { id, updatedAt, amountPaid, status }) {
  const [payments, setPayments] = useState([])
  const some = amountPaid > 0 || status === 'paid' || status === 'partially_paid'
  useEffect(() => {
    if (!some && payments.length === 0) return undefined
    let here = true
    portal.api.rows(`/api/invoices/${id}/payments?limit=200`).then(
      ({ rows }) => here && setPayments(rows.reverse()),
      () => {}, // The sheet says how much it was.
    )
    return () => {
      here = false
    }
  }, [id, updatedAt, some])
  return payments
}
