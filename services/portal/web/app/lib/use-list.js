// A list of the API in pages: its rows so far, and the way to more.
import { toast } from '../../lib/toasts.js'
import { useCallback, useEffect, useRef, useState } from '../../lib/ui.js'
import { explain } from '../../lib/words.js'
import { nextPage, page } from './api.js'
import { useReturn } from './session.js'

const MOST = 200
const EMPTY = { phase: 'loading', rows: [], next: null }

/**
 * Phases: loading, ready, failed. `more` tells whether there are more rows; `loadMore` fetches them. A new `query`
 * starts again, and keeps what was on show until the answer is there. `change(id, changes)` and `drop(id)` alter rows
 * that are on show, `reload` asks again from the start, for as many as were loaded: nobody loses their place in a long
 * list because something changed.
 */
export function useList(path, query = {}) {
  const [kept, setState] = useState({ ...EMPTY, path })
  const state = kept.path === path ? kept : { ...EMPTY, path }
  const asked = useRef(0)
  const wanted = JSON.stringify(query)
  const loaded = useRef(0)
  loaded.current = state.grown === wanted ? state.rows.length : 0
  const fetchFirst = useCallback(async () => {
    const turn = (asked.current += 1)
    setState((before) => (before.path === path ? { ...before, phase: before.phase === 'ready' ? 'ready' : 'loading', renewing: true } : { ...EMPTY, path }))
    try {
      const found = await atLeast(loaded.current, path, JSON.parse(wanted))
      if (turn === asked.current) setState(({ grown }) => ({ phase: 'ready', path, grown, ...found }))
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
    const found = await nextPage(state.next).catch((refusal) => void toast({ tone: 'danger', text: explain(refusal) }))
    if (found && turn === asked.current) setState((before) => ({ ...before, grown: wanted, rows: merged(before.rows, found.rows), next: found.next }))
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

async function atLeast(count, path, query) {
  let found = await page(path, count > 0 ? { ...query, limit: Math.min(count, MOST) } : query)
  let { rows } = found
  while (found.next && rows.length < count) {
    found = await nextPage(found.next)
    rows = merged(rows, found.rows)
  }
  return { rows, next: found.next }
}

function merged(first, rest) {
  const known = new Set(first.map(({ id }) => id))
  return [...first, ...rest.filter(({ id }) => !known.has(id))]
}
