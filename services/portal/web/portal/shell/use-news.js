// What happens while the portal is open: it shows itself, and the agency's part in it is told.
import { newsOf } from './news.js'
import { listen } from '../../lib/live.js'
import { whenPerson } from '../../lib/person.js'
import { currentPage } from '../../lib/place.js'
import { toast } from '../../lib/toasts.js'
import { useEffect, useRef } from '../../lib/ui.js'

// Events that come together are fetched together.
const GATHER_MS = 250
// Mail scanners would hold a stream open, so it waits for a person; what came before they touched the page is fetched.
const FRESH_MS = 3_000
// What is caught up with later shows itself without a word.
const RECENT_MS = 15 * 60_000

export function useNews(portal) {
  const latest = useRef(portal)
  latest.current = portal
  const { door, shown } = portal
  useEffect(() => {
    if (!shown || door.looksOnly) return undefined
    let [stop, timer, over] = [() => {}, 0, false]
    const loadSoon = () => {
      clearTimeout(timer)
      timer = setTimeout(() => latest.current.load(), GATHER_MS)
    }
    const hear = (event) => {
      const { putMessage } = latest.current
      if (event.type === 'message.created') putMessage(event.data)
      loadSoon()
      const news = newsOf(event)
      if (news && isRecent(event) && !isOnShow(event)) toast({ tone: 'info', text: news })
      dispatchEvent(new CustomEvent('portico:news', { detail: event }))
    }
    const begin = () => {
      stop = listen('/api/portal/events', { headers: door.headers, onEvent: hear, onRefused: renew })
    }
    const renew = async (refusal) => {
      const renewed = await door.renew().catch(() => false)
      if (over) return
      if (renewed) begin()
      else latest.current.turnAway(refusal)
    }
    // A tab that was put away for long may have missed more than the stream can tell.
    const back = () => document.visibilityState === 'visible' && loadSoon()
    document.addEventListener('visibilitychange', back)
    const shownAt = Date.now()
    const callOff = whenPerson(() => {
      if (Date.now() - shownAt > FRESH_MS) loadSoon()
      begin()
    })
    return () => {
      over = true
      callOff()
      document.removeEventListener('visibilitychange', back)
      clearTimeout(timer)
      stop()
    }
  }, [door, shown])
}

/** Calls `onNews(event)` for each event of a type that is in `types`, while the page is on show. */
export function useHearing(types, onNews) {
  const latest = useRef(onNews)
  latest.current = onNews
  useEffect(() => {
    const hear = ({ detail }) => types.includes(detail.type) && latest.current(detail)
    addEventListener('portico:news', hear)
    return () => removeEventListener('portico:news', hear)
  }, [types.join()])
}

function isRecent({ time }) {
  return Date.now() - Date.parse(time) < RECENT_MS
}

function isOnShow({ type, data }) {
  const { name, id, part } = currentPage()
  if (type === 'message.created') {
    return (name === 'messages' && id === data.threadId) || (name === 'projects' && part === 'messages' && id === data.projectId)
  }
  return type === 'file.commented' && name === 'files' && id === data.fileId
}
