import { useEffect, useRef } from '../../lib/ui.js'
import { useOne } from '../lib/use-one.js'

const MOST = 200

/** Where the time of those days went, counted anew when `rows` of it change; null until it is known. */
export function useHours({ from, to }, rows) {
  const { value, reload } = useOne('/api/reports/hours', { from, to, limit: MOST })
  const changed = rows.map(({ id, minutes, billable, projectId }) => [id, minutes, billable, projectId]).join()
  const before = useRef(changed)
  useEffect(() => {
    if (before.current !== changed) reload()
    before.current = changed
  }, [changed])
  return value
}
