// Which answers of the agency's were read in this browser.
import { useCallback, useEffect, useState } from '../../lib/ui.js'

const SEEN = 'portico.seen.'

/** `messages` holds the id of the last message that was on show, by thread; `mark(thread)` notes its latest. */
export function useSeen(clientId) {
  const [messages, setMessages] = useState({})
  useEffect(() => {
    if (clientId) setMessages(kept(clientId))
  }, [clientId])
  const mark = useCallback(
    (thread) => {
      const last = thread.messages.at(-1)?.id
      if (!last || !clientId) return
      setMessages((before) => {
        if (before[thread.id] === last) return before
        // Another tab may have read another thread meanwhile.
        const next = { ...kept(clientId), ...before, [thread.id]: last }
        keep(clientId, next)
        return next
      })
    },
    [clientId],
  )
  return { messages, mark }
}

/** Storage may be switched off, or hold what somebody else wrote: then nothing was read. */
function kept(clientId) {
  try {
    return JSON.parse(localStorage.getItem(SEEN + clientId)) ?? {}
  } catch {
    return {}
  }
}

function keep(clientId, messages) {
  try {
    localStorage.setItem(SEEN + clientId, JSON.stringify(messages))
  } catch {
    // It is known as long as the page lives.
  }
}
