// Who is signed in. The cookie itself is out of the pages' reach.
import { ask } from '../../lib/api.js'
import { signal } from '../../lib/signals.js'
import { tellTabs } from '../../lib/tabs.js'

/** `asking`, `in`, `out` (nothing may be shown), `ended` (while pages are open: they stay as they are), `failed`. */
export const phase = signal('asking')
/** `{user, agency}` as `GET /api/auth/me` answers. */
export const me = signal(null)

/** Asks who is signed in; another person than before starts from scratch. */
export async function findOut() {
  try {
    const found = await (await ask('GET', '/api/auth/me', { cookies: true })).json()
    if (me.value && me.value.user.id !== found.user.id) return location.reload()
    me.value = found
    phase.value = 'in'
  } catch (refusal) {
    if (refusal.status === 401) phase.value = me.value ? 'ended' : 'out'
    else if (!me.value) phase.value = 'failed'
  }
  return undefined
}

/** A request was answered that nobody is signed in. */
export function sessionEnded() {
  if (phase.value === 'in') phase.value = 'ended'
}

export async function signOut() {
  await ask('POST', '/api/auth/logout', { body: {}, cookies: true }).catch((refusal) => {
    if (refusal.status !== 401) throw refusal
  })
  tellTabs({ what: 'staff-out' })
  location.assign('/app')
}

/** Whether the member may change what only owners and admins may. */
export const isAdmin = () => ['owner', 'admin'].includes(me.value?.user.role)
