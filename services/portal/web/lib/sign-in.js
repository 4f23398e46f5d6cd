// What people ask who have no credential yet, or only the cookie that renews a session.
import { ask } from './api.js'

const AUTH = '/api/v1/portal/auth'

const post = async (path, body, options = {}) => (await ask('POST', path, { body, ...options })).json()

export const welcomeTo = async (slug) => (await ask('GET', `/api/portal/welcome/${encodeURIComponent(slug)}`)).json()

export const requestLink = (email, slug) =>
  ask('POST', `${AUTH}/request-magic-link`, { body: { email, tenantCode: slug } })

/** Uses up a magic link; the answer's cookies renew the session later. */
export const openLink = (token) => post(`${AUTH}/validate`, { token }, { cookies: true })

/** Uses up a one-time password. */
export const openCode = (otp) => post(`${AUTH}/otp`, { otp }, { cookies: true })

/** Kept alive: a page that is left in the middle of it would lose the only cookie that still counts. */
export const refresh = () => post(`${AUTH}/refresh`, {}, { cookies: true, keepalive: true })

export const lookUpInvitation = (token) => post('/api/invitations/lookup', { token })

export const acceptInvitation = (token, person) =>
  post('/api/invitations/accept', { token, ...person }, { cookies: true })

export const resetPassword = (token, password) => post('/api/auth/reset-password', { token, password })
