// The doors into a portal: its link, a session that the browser keeps, and the agency's own. Behind all lies the same portal.
import { keepInEntry } from '../../lib/place.js'
import { refresh } from './requests.js'

const TURN = 'portico.refresh'
const PAUSE_MS = 300

/** By the portal token of a link: what ends it, ends it for good. */
export function linkDoor(token) {
  return {
    kind: 'link',
    headers: () => ({ 'X-Portal-Token': token }),
    renew: async () => false,
    admits: () => true,
  }
}

/**
 * For the agency's own people, by their session cookie: they see what the client of `query` (`?clientId=` or
 * `?companyId=`) sees, do nothing in its name, and are not counted as its visit.
 */
export function staffDoor(query) {
  const [id] = new URLSearchParams(query).values()
  // What a client asks about itself, its agency has to ask about somebody.
  const isAboutOneself = (path) => ['/api/activity', '/api/invoices/statement'].includes(path.split('?')[0])
  return {
    kind: 'staff',
    pathFor: (path) => (isAboutOneself(path) ? `${path}${path.includes('?') ? '&' : '?'}clientId=${encodeURIComponent(id)}` : path),
    looksOnly: true,
    cookies: true,
    snapshot: `/api/portal/as-client${query}`,
    headers: () => ({}),
    renew: async () => false,
    admits: () => true,
  }
}

/**
 * By a session, for the agency `slug` and for whoever was shown their portal first: the cookie belongs to the whole
 * browser, so another tab may have signed somebody else in meanwhile. The access token lives a quarter of an hour; it
 * stays in the tab's history entry, so that a reload does not have to renew it.
 */
export function sessionDoor(accessToken, slug) {
  let holder = null
  let foreign = false
  let renewing = null

  const renew = async () => {
    const fresh = await renewSession()
    if (!fresh || (holder && fresh.id !== holder)) return false
    accessToken = fresh.accessToken
    keepInEntry({ session: accessToken })
    return true
  }
  keepInEntry({ session: accessToken })

  return {
    kind: 'session',
    headers: () => ({ Authorization: `Bearer ${accessToken}` }),
    renew: () => (renewing ??= renew().finally(() => (renewing = null))),
    admits: ({ agency, client }) => {
      foreign = agency.slug !== slug
      if (foreign) return false
      holder ??= client.id
      return holder === client.id
    },
    isFor: (clientId) => holder === clientId,
    /** Whether it turned out to open another agency's portal. */
    isForeign: () => foreign,
  }
}

/** A fresh access token by the browser's cookie, null when the session is over. Tabs take turns. */
export function renewSession() {
  return navigator.locks ? navigator.locks.request(TURN, renewOrWait) : renewOrWait()
}

/** The cookie may have changed between question and answer, by a tab without turns or a page just left: look again. */
async function renewOrWait() {
  const renewed = await renewOnce()
  if (renewed) return renewed
  await new Promise((resolve) => setTimeout(resolve, PAUSE_MS))
  return renewOnce()
}

async function renewOnce() {
  try {
    return await refresh()
  } catch (refusal) {
    if (refusal.status === 401) return null
    throw refusal
  }
}
