import { newKey } from '../../lib/api.js'
import { t } from '../../lib/texts.js'
import { toast } from '../../lib/toasts.js'
import { useCallback, useEffect, useRef, useState } from '../../lib/ui.js'

const PATH = '/api/notification-preferences'

/** Phases: loading, ready, failed, none (a company's link: its people decide each for themselves). */
export function usePreferences(portal) {
  const [state, setState] = useState({ preferences: [], phase: 'loading' })
  const { api, turnAway } = portal
  const kept = useRef(null)
  const load = useCallback(async () => {
    setState({ preferences: [], phase: 'loading' })
    try {
      kept.current = await api.read(PATH)
      setState({ preferences: kept.current.preferences, phase: kept.current.preferences.length > 0 ? 'ready' : 'none' })
    } catch (refusal) {
      if (refusal.status === undefined) throw refusal
      if (refusal.status === 401) turnAway(refusal)
      setState({ preferences: [], phase: 'failed' })
    }
  }, [api])
  useEffect(() => {
    load()
  }, [load])
  // All that was chosen goes along, so choices are sent one after the other.
  const last = useRef(Promise.resolve())
  const choose = (kind, frequency) => {
    const next = { ...kept.current, preferences: kept.current.preferences.map((one) => (one.kind === kind ? { ...one, frequency } : one)) }
    const before = kept.current
    kept.current = next
    setState({ preferences: next.preferences, phase: 'ready' })
    last.current = last.current.then(async () => {
      const wished = next.preferences.filter(({ locked }) => !locked).map((one) => ({ kind: one.kind, frequency: one.frequency }))
      const body = { otherwise: next.otherwise, preferences: wished }
      const done = await portal.attempt(() => api.through('PUT', PATH, { body, key: newKey() }), t('portal.profile.saved'))
      if (done || kept.current !== next) return
      kept.current = before
      setState({ preferences: before.preferences, phase: 'ready' })
    })
  }
  return { ...state, load, choose }
}
