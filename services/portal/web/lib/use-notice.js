// What an action came to: good news fades, the rest stays until it is closed or the page is left.
import { onMove } from './place.js'
import { useEffect, useState } from './ui.js'

const NOTICE_MS = 8000

export function useNotice() {
  const [notice, setNotice] = useState(null)
  useEffect(() => {
    if (notice?.tone !== 'success') return undefined
    const timer = setTimeout(() => setNotice(null), NOTICE_MS)
    return () => clearTimeout(timer)
  }, [notice])
  useEffect(() => onMove(() => setNotice(null)), [])
  return [notice, setNotice]
}
