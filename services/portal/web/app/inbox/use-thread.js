// The thread that is being read, whatever the list shows.
import { useEffect, useRef, useState } from '../../lib/ui.js'
import { get } from '../lib/api.js'
import { useReturn } from '../lib/session.js'

/** Phases: none (no thread is chosen), loading, ready, missing, failed. */
export function useThread(id, rows) {
  const [state, setState] = useState({ phase: 'loading', value: null })
  const turn = useRef(0)
  const listed = rows.find((row) => row.id === id) ?? null
  const load = async () => {
    const mine = (turn.current += 1)
    if (state.value?.id !== id) setState({ phase: 'loading', value: null })
    try {
      const value = await lookedUp(id)
      if (mine === turn.current) setState(value ? { phase: 'ready', value } : { phase: 'missing', value: null })
    } catch (refusal) {
      if (mine !== turn.current) return
      const missing = [400, 404].includes(refusal.status)
      setState((before) => (!missing && before.value?.id === id ? before : { phase: missing ? 'missing' : 'failed', value: null }))
    }
  }
  useEffect(() => {
    if (!id) return
    if (listed) {
      turn.current += 1
      setState({ phase: 'ready', value: listed })
    } else load() // It may have left the list because it has changed: it was answered, say.
  }, [id, listed])
  useReturn(() => id && state.phase === 'failed' && load())
  return { ...state, phase: id ? state.phase : 'none', load }
}

/** A thread is found through what was written in it: that names the project, whose threads are few. */
async function lookedUp(id) {
  const [message] = await get(`/api/threads/${id}/messages`, { limit: 1 })
  if (!message) return null
  const threads = await get('/api/threads', { projectId: message.projectId, limit: 200 })
  return threads.find((thread) => thread.id === id) ?? null
}
