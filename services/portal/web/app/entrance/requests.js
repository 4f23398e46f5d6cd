// What members ask who are not signed in yet.
import { ask } from '../../lib/api.js'

const post = async (path, body, options = {}) => (await ask('POST', path, { body, ...options })).json()

export const lookUpInvitation = (token) => post('/api/invitations/lookup', { token })

export const acceptInvitation = (token, person) =>
  post('/api/invitations/accept', { token, ...person }, { cookies: true })

export const resetPassword = (token, password) => post('/api/auth/reset-password', { token, password })
