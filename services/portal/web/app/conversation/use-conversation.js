// One thread's messages: what was said, what is on its way, and what arrives while one looks on.
import { useEffect, useRef, useState } from '../../lib/ui.js'
import { nextPage, page } from '../lib/api.js'
import { useLive } from '../lib/live.js'
import { me } from '../lib/session.js'
import { useOutbox } from './use-outbox.js'

const PAGE = 40

/**
 * Phases: loading, ready, missing, failed. `messages` are oldest first; `unsent` those that are on their way or did not
 * get through; `news` is the last one that somebody else wrote meanwhile. `onSent(message)` hears of one's own.
 */
export function useConversation(threadId, onSent = () => {}) {
  const [state, setState] = useState({ phase: 'loading', messages: [], next: null })
  const [news, setNews] = useState(null)
  const path = `/api/threads/${threadId}/messages`
  const take = (found, next) =>
    setState((before) => ({ phase: 'ready', messages: merged(before.messages, found), next: next === undefined ? before.next : next }))
  const outbox = useOutbox(path, threadId, (message) => {
    take([message])
    onSent(message)
  })
  const load = async () => {
    setState((before) => ({ ...before, phase: before.messages.length > 0 ? 'ready' : 'loading' }))
    try {
      const { rows, next } = await page(path, { limit: PAGE })
      take(rows, next)
    } catch (refusal) {
      setState((before) => ({ ...before, phase: [400, 404].includes(refusal.status) ? 'missing' : 'failed' }))
    }
  }
  const loadOlder = async () => {
    const { rows, next } = await nextPage(state.next)
    take(rows, next)
  }
  const unsent = useRef(outbox.unsent)
  unsent.current = outbox.unsent
  useEffect(() => {
    load()
  }, [])
  useLive(['message.created'], ({ data }) => {
    if (data.threadId !== threadId) return
    const own = data.author.id === me.value?.user?.id
    // The answer to one's own request is about to say the same.
    if (own && unsent.current.some(({ phase, content }) => phase === 'sending' && content === data.content)) return
    take([data])
    if (!own) setNews(data)
  })
  return { ...state, ...outbox, news, load, loadOlder, more: state.next !== null }
}

function merged(messages, found) {
  const byId = new Map([...messages, ...found].map((message) => [message.id, message]))
  return [...byId.values()].sort((one, other) => one.createdAt.localeCompare(other.createdAt) || one.id.localeCompare(other.id))
}
