import { t } from '../../lib/texts.js'
import { useCallback, useEffect, useState } from '../../lib/ui.js'

const PATH = '/api/v1/portal/auth/sessions'

export function useSessions(portal) {
  const [state, setState] = useState({ sessions: [], phase: 'loading' })
  const { api, turnAway } = portal
  const load = useCallback(async () => {
    try {
      const { rows } = await api.rows(`${PATH}?limit=200`)
      setState({ sessions: [...rows.filter(({ current }) => current), ...rows.filter(({ current }) => !current)], phase: 'ready' })
    } catch (refusal) {
      if (refusal.status === undefined) throw refusal
      if (refusal.status === 401) turnAway(refusal)
      setState({ sessions: [], phase: 'failed' })
    }
  }, [api])
  useEffect(() => {
    load()
  }, [load])
  const endAll = (some) =>
    portal.attempt(
      async () => {
        for (const { id } of some) await gone(api.through('DELETE', `${PATH}/${id}`))
        await load()
      },
      t('portal.profile.ended', { count: some.length }),
    )
  return {
    ...state,
    load,
    end: (session) => endAll([session]),
    endOthers: () => endAll(state.sessions.filter(({ current }) => !current)),
  }
}

/** One that has ended meanwhile is what was asked for. */
async function gone(request) {
  await request.catch((refusal) => {
    if (refusal.status !== 404) throw refusal
  })
}
