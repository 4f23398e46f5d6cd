import { useState } from '../../lib/ui.js'

// The snapshot holds so many of each thread.
const IN_SNAPSHOT = 50
const ASKED = 100

/** A thread's messages, oldest first, with those that were fetched before the snapshot's; `load` brings more. */
export function useOlder(api, thread) {
  const [older, setOlder] = useState([])
  const [next, setNext] = useState(`/api/threads/${thread.id}/messages?limit=${ASKED}`)
  const load = async () => {
    // A failure leaves the button where it is.
    const page = await api.rows(next).catch(() => null)
    if (!page) return
    setOlder((before) => merged(before, page.rows))
    setNext(page.next)
  }
  return {
    messages: merged(older, thread.messages),
    more: next !== null && thread.messages.length >= IN_SNAPSHOT,
    load,
  }
}

/** Ids grow with time, so that they put messages in order. */
function merged(one, other) {
  const all = new Map([...one, ...other].map((message) => [message.id, message]))
  return [...all.values()].sort((first, second) => (first.id < second.id ? -1 : 1))
}
