import { useCallback, useEffect, useRef, useState } from '../../lib/ui.js'

/**
 * The statement that is wished for (`wish`: clientId, currency, from, to); asked for anew when an invoice changes. A
 * company's portal has several accounts, one for each of its `people`: [{id, name}].
 */
export function useStatement(portal) {
  const people = peopleOf(portal.snapshot.invoices)
  const [wish, setWish] = useState({ clientId: people[0]?.id ?? '', currency: '', from: '', to: '' })
  const [state, setState] = useState({ phase: 'loading', statement: null })
  const turn = useRef(0)
  const path = (format) => {
    const query = new URLSearchParams(Object.entries({ ...wish, format }).filter(([, value]) => value))
    return `/api/invoices/statement?${query}`
  }
  const load = useCallback(async () => {
    const mine = (turn.current += 1)
    setState((before) => ({ ...before, phase: 'loading' }))
    try {
      const statement = await portal.api.read(path('json'))
      if (mine === turn.current) setState({ phase: 'ready', statement })
    } catch (refusal) {
      if (refusal.status === undefined) throw refusal
      if (refusal.status === 401) portal.turnAway(refusal)
      if (mine === turn.current) setState((before) => ({ ...before, phase: 'failed' }))
    }
  }, [portal.api, wish])
  useEffect(() => {
    load()
  }, [load, portal.snapshot.invoices])
  return { ...state, people, wish, path, load, change: (changes) => setWish((before) => ({ ...before, ...changes })) }
}

function peopleOf(invoices) {
  return [...new Map(invoices.map(({ client }) => [client.id, client])).values()]
}
