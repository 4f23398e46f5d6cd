// What the portal knows and can do: the snapshot, what came of an action, and whether the client is still signed in.
import { openApi } from './api.js'
import { actionsWith } from './portal-actions.js'
import { useNews } from './use-news.js'
import { waitingFor } from '../home/waiting.js'
import { useOutbox } from '../messages/use-outbox.js'
import { useSeen } from '../messages/use-seen.js'
import { draftsBelongTo } from '../../lib/drafts.js'
import { whenPerson } from '../../lib/person.js'
import { onTold } from '../../lib/tabs.js'
import { t } from '../../lib/texts.js'
import { applyTheme } from '../../lib/theme.js'
import { toast } from '../../lib/toasts.js'
import { useCallback, useEffect, useMemo, useRef, useState } from '../../lib/ui.js'
import { explain } from '../../lib/words.js'

/**
 * What every page gets as `portal`. `phase` is loading, ready, ended (nothing may be shown), closed or failed; `expired`
 * counts how often that was noticed while a session has ended under an open portal: all stays on show, and goes on as
 * soon as any tab signs the same client in again. `since` is the time of what is on show while the network is away, else null.
 *
 * Behind `looksOnly` stands the agency, who does nothing in the client's name. `snapshot` with `waiting` drawn from it; `put(section, row)` alters it, `load()` fetches it anew. `api` asks the
 * server (see api.js), `attempt(action, thanks)` does that, says what came of it, and answers whether it worked;
 * `actions` are those that several pages share.
 */
export function usePortal(door) {
  const ended = useRef(() => {})
  const api = useMemo(() => openApi(door, (refusal) => ended.current(refusal)), [door])
  const view = useSnapshot(api, door)
  const { phase, snapshot, load, turnAway, put } = view
  ended.current = turnAway
  const shown = snapshot !== null
  useEffect(() => (shown ? whenPerson(() => api.opened().catch(() => {})) : undefined), [api, shown])
  useResumption({ door, expired: view.expired, load })

  const attempt = useCallback(
    async (action, thanks) => {
      try {
        await action()
        if (thanks) toast({ text: thanks })
        return true
      } catch (refusal) {
        if (refusal.status === undefined) throw refusal
        if (refusal.status !== 401) toast({ tone: 'danger', text: explain(refusal) })
        if (refusal.status === 409) await load()
        return false
      }
    },
    [load],
  )
  const actions = useMemo(() => actionsWith({ api, attempt, load, put }), [api, attempt, load, put])
  const seen = useSeen(door.looksOnly ? null : snapshot?.client.id)
  const waiting = useMemo(() => (snapshot ? waitingFor(snapshot, seen.messages) : null), [snapshot, seen.messages])
  const outbox = useOutbox({ api, shown: shown && !door.looksOnly, putMessage: view.putMessage })
  useNews({ door, shown, turnAway, load, putMessage: view.putMessage })
  return { ...view, looksOnly: Boolean(door.looksOnly), phase, api, attempt, actions, waiting, seen, outbox }
}

/** The snapshot, how it is fetched, and what stands in its way. */
function useSnapshot(api, door) {
  const [state, setState] = useState({ phase: 'loading', snapshot: null, expired: 0, since: null })
  const change = useCallback((changes) => setState((before) => ({ ...before, ...changes(before) })), [])
  const at = useRef(null)
  const turn = useRef(0)

  const turnAway = useCallback(
    (refusal) =>
      change(({ snapshot, expired }) => {
        if (!snapshot) return { phase: phaseAfter(refusal) }
        if (refusal.status === 401 && door.kind === 'session') return { expired: expired + 1 }
        const goesOn = refusal.status === 0 || refusal.status === 429 || refusal.status >= 500
        return goesOn ? { since: at.current } : { phase: phaseAfter(refusal) }
      }),
    [door],
  )
  const load = useCallback(async () => {
    const mine = (turn.current += 1)
    try {
      const fresh = await api.snapshot()
      if (mine !== turn.current) return true
      applyTheme(fresh.settings)
      if (!door.looksOnly) draftsBelongTo(fresh.client.id)
      at.current = new Date()
      change(() => ({ phase: 'ready', snapshot: fresh, expired: 0, since: null }))
      return true
    } catch (refusal) {
      if (refusal.status === undefined) throw refusal
      turnAway(refusal)
      return false
    }
  }, [api, turnAway])
  const alter = useCallback((action) => change(({ snapshot }) => ({ snapshot: snapshot && action(snapshot) })), [])
  const put = useCallback((section, row) => alter((now) => ({ ...now, [section]: withRow(now[section], row) })), [])
  const putMessage = useCallback((message) => alter((now) => ({ ...now, threads: withMessage(now.threads, message) })), [])

  useEffect(() => {
    load()
  }, [load])
  useEffect(() => {
    const lost = () => at.current && change(() => ({ since: at.current }))
    addEventListener('offline', lost)
    addEventListener('online', load)
    return () => {
      removeEventListener('offline', lost)
      removeEventListener('online', load)
    }
  }, [load])
  return { ...state, load, turnAway, put, putMessage }
}

/** Goes on where one was when another tab has signed in. */
function useResumption({ door, expired, load }) {
  const over = expired > 0
  useEffect(() => {
    if (!over) return undefined
    return onTold(async ({ what }) => {
      if (what !== 'signed-in' || !(await door.renew().catch(() => false)) || !(await load())) return
      toast({ text: t('portal.shell.signed_in_again') })
      document.getElementById('main')?.focus()
    })
  }, [door, over, load])
}

function phaseAfter(refusal) {
  // 400: the address names nobody to look as.
  if ([400, 401, 404].includes(refusal.status)) return 'ended'
  return refusal.code === 'portal_closed' ? 'closed' : 'failed'
}

function withRow(rows, row) {
  return rows.some(({ id }) => id === row.id) ? rows.map((one) => (one.id === row.id ? row : one)) : [row, ...rows]
}

function withMessage(threads, message) {
  return threads.map((thread) => {
    if (thread.id !== message.threadId || thread.messages.some(({ id }) => id === message.id)) return thread
    return { ...thread, lastMessageAt: message.createdAt, messages: [...thread.messages, message] }
  })
}
