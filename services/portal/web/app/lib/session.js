// Who is signed in. The cookie itself is out of the pages' reach.
import { ask } from '../../lib/api.js'
import { draftsBelongTo, forgetDrafts } from '../../lib/drafts.js'
import { signal } from '../../lib/signals.js'
import { tellTabs } from '../../lib/tabs.js'
import { useEffect, useRef } from '../../lib/ui.js'

/** `asking`, `in`, `out` (nothing may be shown), `ended` (while pages are open: they stay as they are), `failed`. */
export const phase = signal('asking')
/** `{user, agency}` as `GET /api/auth/me` answers. */
export const me = signal(null)

/** Asks who is signed in; another person than before starts from scratch. */
export async function findOut() {
  try {
    return take(await (await ask('GET', '/api/auth/me', { cookies: true })).json())
  } catch (refusal) {
    if (refusal.status === 401) phase.value = me.value ? 'ended' : 'out'
    else if (!me.value) phase.value = 'failed'
  }
  return undefined
}

function take(found) {
  draftsBelongTo(found.user.id)
  if (me.value && me.value.user.id !== found.user.id) return location.assign('/app')
  me.value = found
  phase.value = 'in'
  return undefined
}

/** Somebody has signed in here, as the answer to that says; other tabs follow. */
export function signedIn({ user, agency }) {
  tellTabs({ what: 'staff-in' })
  take({ user, agency })
}

/** A request was answered that nobody is signed in. */
export function sessionEnded() {
  if (phase.value === 'in') phase.value = 'ended'
}

/** Calls `action` when a session that had ended goes on. */
export function useReturn(action) {
  const latest = useRef(action)
  latest.current = action
  useEffect(() => {
    let before = phase.value
    return phase.subscribe((now) => {
      if (before === 'ended' && now === 'in') latest.current()
      before = now
    })
  }, [])
}

export async function signOut() {
  await ask('POST', '/api/auth/logout', { body: {}, cookies: true }).catch((refusal) => {
    if (refusal.status !== 401) throw refusal
  })
  forgetDrafts()
  tellTabs({ what: 'staff-out' })
  location.assign('/app/sign-in')
}

/** Whether the member may change what only owners and admins may. */
export const isAdmin = () => ['owner', 'admin'].includes(me.value?.user.role)
