// What a client may ask and do, through whichever door they came in (see entrance/doors.js).
import { ask, Refusal } from '../../lib/api.js'

/** Every call of the portal; `door` gives its credential. */
export function openApi(door) {
  const through = async (method, path, { key, ...options } = {}) => {
    const once = () =>
      ask(method, path, { ...options, headers: { ...door.headers(), ...(key && { 'Idempotency-Key': key }) } })
    try {
      return await once()
    } catch (refusal) {
      if (refusal.status !== 401 || !(await door.renew())) throw refusal
      return once()
    }
  }
  const send = async (path, body = {}, key = undefined) => (await through('POST', path, { body, key })).json()

  return {
    snapshot: async () => {
      const snapshot = await (await through('GET', '/api/portal')).json()
      if (!door.admits(snapshot)) throw new Refusal(401)
      return snapshot
    },
    opened: () => through('POST', '/api/portal/opened', { body: {} }),
    approve: (file) => send(`/api/files/${file.id}/approve`, { version: file.version, sha256: file.sha256 }),
    requestChanges: (file, comment) =>
      send(`/api/files/${file.id}/request-changes`, { version: file.version, sha256: file.sha256, comment }),
    sign: (file, signature) => send(`/api/portal/sign/${file.id}`, { ...signature, sha256: file.sha256 }),
    write: (message, key) => send('/api/portal/messages', message, key),
    invoiceOpened: (id) => through('POST', `/api/invoices/${id}/view`, { body: {} }),
    fileBytes: async (file) => (await through('GET', `/api/files/${file.id}/content`, { deadline: null })).blob(),
    invoicePdf: async (id) =>
      (await through('GET', `/api/invoices/${id}/pdf?format=pdf`, { deadline: null })).blob(),
    creditNotePdf: async (id) =>
      (await through('GET', `/api/credit-notes/${id}/pdf?format=pdf`, { deadline: null })).blob(),
    signOut: () => through('POST', '/api/v1/portal/auth/logout', { body: {}, cookies: true }),
  }
}
