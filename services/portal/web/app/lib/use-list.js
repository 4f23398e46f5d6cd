// A list of the API in pages: its rows so far, and the way to more.
import { useCallback, useEffect, useRef, useState } from '../../lib/ui.js'
import { nextPage, page } from './api.js'
import { useReturn } from './session.js'

/**
 * Phases: loading, ready, failed. `more` tells whether there are more rows; `loadMore` fetches them. A new `query`
 * starts again, and keeps what was on show until the answer is there. `change(id, changes)` and `drop(id)` alter rows
 * that are on show, `reload` asks again from the start.
 */
export function useList(path, query = {}) {
  const [state, setState] = useState({ phase: 'loading', rows: [], next: null })
  const asked = useRef(0)
  const wanted = JSON.stringify(query)
  const fetchFirst = useCallback(async () => {
    const turn = (asked.current += 1)
    setState((before) => ({ ...before, phase: before.phase === 'ready' ? 'ready' : 'loading', renewing: true }))
    try {
      const found = await page(path, JSON.parse(wanted))
      if (turn === asked.current) setState({ phase: 'ready', ...found })
    } catch (refusal) {
      if (turn === asked.current) setState((before) => ({ ...before, phase: 'failed', refusal, renewing: false }))
    }
  }, [path, wanted])
  useEffect(() => {
    fetchFirst()
  }, [fetchFirst])
  useReturn(fetchFirst)
  const loadMore = async () => {
    const turn = asked.current
    const found = await nextPage(state.next)
    if (turn === asked.current) setState((before) => ({ ...before, rows: merged(before.rows, found.rows), next: found.next }))
  }
  const alter = (action) => setState((before) => ({ ...before, rows: action(before.rows) }))
  return {
    ...state,
    more: state.next !== null,
    loadMore,
    reload: fetchFirst,
    change: (id, changes) => alter((rows) => rows.map((row) => (row.id === id ? { ...row, ...changes } : row))),
    drop: (id) => alter((rows) => rows.filter((row) => row.id !== id)),
    add: (row) => alter((rows) => merged([row], rows)),
  }
}

function merged(first, rest) {
  const known = new Set(first.map(({ id }) => id))
  return [...first, ...rest.filter(({ id }) => !known.has(id))]
}
