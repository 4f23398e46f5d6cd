// What a part of the home page shows, out of several lists of the API.
import { useEffect, useRef, useState } from '../../lib/ui.js'
import { useWait } from '../../lib/use-wait.js'
import { useLive } from '../lib/live.js'
import { useReturn } from '../lib/session.js'

const PAUSE_MS = 500

/**
 * `ask()` answers a promise for each part by name. Phases: loading, ready, failed (none came); `value` holds the parts
 * that came, `missing` says whether others did not. They are asked for again when an event of `types` happens.
 */
export function useGathered(ask, types) {
  const [state, setState] = useState({ phase: 'loading', value: {}, missing: false })
  const turn = useRef(0)
  const load = async () => {
    const mine = (turn.current += 1)
    const asked = ask()
    const names = Object.keys(asked)
    const answers = await Promise.allSettled(Object.values(asked))
    if (mine !== turn.current) return
    const came = names.map((name, at) => [name, answers[at]]).filter(([, { status }]) => status === 'fulfilled')
    setState((before) => {
      if (came.length === 0) return { ...before, phase: before.phase === 'ready' ? 'ready' : 'failed', missing: true }
      const value = { ...before.value, ...Object.fromEntries(came.map(([name, answer]) => [name, answer.value])) }
      return { phase: 'ready', value, missing: came.length < names.length }
    })
  }
  const loadSoon = useWait(load, PAUSE_MS)
  useEffect(() => {
    load()
  }, [])
  useReturn(load)
  useLive(types, loadSoon)
  return { ...state, load }
}
