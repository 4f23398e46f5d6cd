// What members ask who are not signed in yet.
import { ask } from '../../lib/api.js'

const post = async (path, body, options = {}) => (await ask('POST', path, { body, ...options })).json()

/** The session cookie comes with the answers of these three. */
export const signIn = (credentials) => post('/api/auth/login', credentials, { cookies: true })
export const register = (person) => post('/api/auth/register', person, { cookies: true })
export const acceptInvitation = (token, person) =>
  post('/api/invitations/accept', { token, ...person }, { cookies: true })

export const lookUpInvitation = (token) => post('/api/invitations/lookup', { token })

export const forgotPassword = (email) => ask('POST', '/api/auth/forgot-password', { body: { email } })

export const resetPassword = (token, password) => post('/api/auth/reset-password', { token, password })
