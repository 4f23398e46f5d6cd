// What the portal knows and can do: the snapshot, the notice on show, and whether the client is still signed in.
import { openApi } from './api.js'
import { draftsBelongTo } from '../../lib/drafts.js'
import { whenPerson } from '../../lib/person.js'
import { actionsWith } from './portal-actions.js'
import { onTold } from '../../lib/tabs.js'
import { applyTheme } from '../../lib/theme.js'
import { useCallback, useEffect, useMemo, useState } from '../../lib/ui.js'
import { useNotice } from '../../lib/use-notice.js'
import { explain } from '../../lib/words.js'

/**
 * Phases: loading, ready, ended (nothing may be shown), closed, failed. `expired` is true while a session has ended
 * under an open portal: all stays on show, and goes on as soon as any tab signs the same client in again.
 */
export function usePortal(door) {
  const api = useMemo(() => openApi(door), [door])
  const [phase, setPhase] = useState('loading')
  const [expired, setExpired] = useState(false)
  const [snapshot, setSnapshot] = useState(null)
  const [notice, setNotice] = useNotice()
  const shown = snapshot !== null

  const turnAway = useCallback(
    (refusal) => {
      if (refusal.status === 401 && shown && door.kind === 'session') setExpired(true)
      else setPhase(phaseAfter(refusal))
    },
    [door, shown],
  )

  const load = useCallback(async () => {
    try {
      const fresh = await api.snapshot()
      applyTheme(fresh.settings)
      document.title = fresh.settings.portal_name || fresh.agency.name
      draftsBelongTo(fresh.client.id)
      setSnapshot(fresh)
      setPhase('ready')
      setExpired(false)
      return true
    } catch (refusal) {
      turnAway(refusal)
      return false
    }
  }, [api, turnAway])

  useEffect(() => {
    load()
  }, [api])
  useEffect(() => (shown ? whenPerson(() => api.opened().catch(() => {})) : undefined), [api, shown])
  useResumption({ door, expired, load, setNotice })

  const attempt = useCallback(
    async (action, thanks) => {
      try {
        await action()
        if (thanks) setNotice({ tone: 'success', text: thanks })
        return true
      } catch (refusal) {
        if (refusal.status === 401) turnAway(refusal)
        else setNotice({ tone: 'danger', text: explain(refusal) })
        if (refusal.status === 409) await load()
        return false
      }
    },
    [load, turnAway],
  )

  const actions = useMemo(() => actionsWith({ api, attempt, load, setSnapshot }), [api, attempt, load])
  return { phase, expired, snapshot, notice, load, actions, closeNotice: () => setNotice(null) }
}

/** Goes on where one was when another tab has signed in. */
function useResumption({ door, expired, load, setNotice }) {
  useEffect(() => {
    if (!expired) return undefined
    return onTold(async ({ what }) => {
      if (what !== 'signed-in' || !(await door.renew().catch(() => false)) || !(await load())) return
      setNotice({ tone: 'success', text: 'You are signed in again. What you typed is still here.' })
      document.getElementById('main')?.focus()
    })
  }, [door, expired, load])
}

function phaseAfter(refusal) {
  if (refusal.status === 401 || refusal.status === 404) return 'ended'
  return refusal.code === 'portal_closed' ? 'closed' : 'failed'
}
