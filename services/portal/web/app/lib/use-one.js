// One thing of the API.
import { useCallback, useEffect, useRef, useState } from '../../lib/ui.js'
import { get } from './api.js'
import { useReturn } from './session.js'

/**
 * Phases: loading, ready, missing (not there, or not yours), failed. `set(changes)` alters what is on show; `reload`
 * asks again without hiding it. Nothing is asked while `path` is null.
 */
export function useOne(path, query = {}) {
  const [state, setState] = useState({ phase: 'loading', value: null })
  const asked = useRef(0)
  const wanted = JSON.stringify(query)
  const reload = useCallback(async () => {
    if (!path) return
    const turn = (asked.current += 1)
    try {
      const value = await get(path, JSON.parse(wanted))
      if (turn === asked.current) setState({ phase: 'ready', value })
    } catch (refusal) {
      if (turn !== asked.current) return
      const phase = [404, 400].includes(refusal.status) ? 'missing' : 'failed'
      setState((before) => (before.value && phase === 'failed' ? before : { phase, value: null, refusal }))
    }
  }, [path, wanted])
  useEffect(() => {
    setState({ phase: 'loading', value: null })
    reload()
  }, [reload])
  useReturn(reload)
  const set = (changes) =>
    setState((before) => ({ ...before, value: typeof changes === 'function' ? changes(before.value) : { ...before.value, ...changes } }))
  return { ...state, set, reload }
}
