// What clients ask who have no credential yet, or only the cookie that renews a session.
import { ask } from '../../lib/api.js'

const AUTH = '/api/v1/portal/auth'

const post = async (path, body) => (await ask('POST', path, { body, cookies: true })).json()

export const welcomeTo = async (slug) => (await ask('GET', `/api/portal/welcome/${encodeURIComponent(slug)}`)).json()

export const requestLink = (email, slug) =>
  ask('POST', `${AUTH}/request-magic-link`, { body: { email, tenantCode: slug } })

/** Uses up a magic link; the answer's cookies renew the session later. */
export const openLink = (token) => post(`${AUTH}/validate`, { token })

/** Uses up a one-time password. */
export const openCode = (otp) => post(`${AUTH}/otp`, { otp })

/** Kept alive: a page that is left in the middle of it would lose the only cookie that still counts. */
export const refresh = async () =>
  (await ask('POST', `${AUTH}/refresh`, { body: {}, cookies: true, keepalive: true })).json()
