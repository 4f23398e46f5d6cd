import { useHearing } from '../shell/use-news.js'
import { useCallback, useEffect, useRef, useState } from '../../lib/ui.js'

// No project has more; a list that does stops there rather than never.
const MOST_PAGES = 20

/** All rows of a list: `{phase, rows, reload}`, phases loading, ready, failed. Events of the types `heard` renew it. */
export function useRows(api, path, heard = []) {
  const [state, setState] = useState({ phase: 'loading', rows: [] })
  const turn = useRef(0)
  const reload = useCallback(async () => {
    const mine = (turn.current += 1)
    try {
      const rows = await allRows(api, path)
      if (mine === turn.current) setState({ phase: 'ready', rows })
    } catch (refusal) {
      if (refusal.status === undefined) throw refusal
      if (mine === turn.current) setState((before) => (before.phase === 'ready' ? before : { phase: 'failed', rows: [] }))
    }
  }, [api, path])
  useEffect(() => {
    reload()
    return () => {
      turn.current += 1
    }
  }, [reload])
  useHearing(heard, reload)
  return { ...state, reload, change: (action) => setState((before) => ({ ...before, rows: action(before.rows) })) }
}

async function allRows(api, path) {
  const found = []
  for (let next = path, page = 0; next && page < MOST_PAGES; page += 1) {
    const answer = await api.rows(next)
    found.push(...answer.rows)
    next = answer.next
  }
  return found
}
