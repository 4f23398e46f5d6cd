// Takes the reader to a page when it is another one than before.
import { useEffect, useRef } from '../../lib/ui.js'

/** The ref for what holds the pages: a new page is begun at its top, with the focus in it unless it has put that itself. */
export function useArrival(arrival) {
  const place = useRef(null)
  const first = useRef(true)
  useEffect(() => {
    if (!first.current) {
      scrollTo(0, 0)
      if (!place.current.contains(document.activeElement)) place.current.focus({ preventScroll: true })
    }
    first.current = false
  }, [arrival])
  return place
}
