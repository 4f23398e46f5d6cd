// What a client may ask and do, through whichever door they came in (see entrance/doors.js).
import { ask, Refusal } from '../../lib/api.js'
import { t } from '../../lib/texts.js'
import { sendForm } from '../../lib/send-form.js'

/**
 * `read`, `send`, `bytes` and `rows` reach every endpoint for clients; what the shell itself needs has a name. `door`
 * gives the credential, and is asked for a fresh one when it has run out; `onEnded` hears when there is none any longer.
 */
export function openApi(door, onEnded) {
  const withCredential = async (attempt) => {
    try {
      return await attempt()
    } catch (refusal) {
      if (refusal.status !== 401 || door.looksOnly) throw refusal
      if (await door.renew()) return attempt()
      onEnded(refusal)
      throw refusal
    }
  }
  const through = (method, path, { key, headers = {}, ...options } = {}) =>
    withCredential(() => {
      if (door.looksOnly && method !== 'GET') throw new Refusal(403, { detail: t('portal.shell.looks_only') })
      const all = { ...headers, ...door.headers(), ...(key && { 'Idempotency-Key': key }) }
      return ask(method, door.pathFor?.(path) ?? path, { cookies: door.cookies, ...options, headers: all })
    })
  const read = async (path, options) => (await through('GET', path, options)).json()
  const send = async (path, body = {}, key = undefined) => (await through('POST', path, { body, key })).json()
  const bytes = async (path) => (await through('GET', path, { deadline: null })).blob()

  return {
    through,
    read,
    send,
    bytes,
    /** One page of a list, `{rows, next}`; `next` is the path of the one after it, or null. */
    rows: async (path) => {
      const response = await through('GET', path)
      const rows = await response.json()
      return { rows: door.looksOnly ? rows.filter(isForClients) : rows, next: nextOf(response.headers.get('Link')) }
    },
    /** A form with a file in it; `onProgress` hears which share of it has left. */
    upload: async (path, form, { key, onProgress }) => {
      if (door.looksOnly) throw new Refusal(403, { detail: t('portal.shell.looks_only') })
      return withCredential(() => sendForm(path, form, { headers: { ...door.headers(), 'Idempotency-Key': key }, onProgress }).done)
    },

    snapshot: async () => {
      const snapshot = await read(door.snapshot ?? '/api/portal')
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
    invoicePdf: (id) => bytes(`/api/invoices/${id}/pdf?format=pdf`),
    creditNotePdf: (id) => bytes(`/api/credit-notes/${id}/pdf?format=pdf`),
    signOut: () => through('POST', '/api/v1/portal/auth/logout', { body: {}, cookies: true }),
  }
}

/** Staff are answered with more than the client whose portal they look at. */
const isForClients = (row) => row.visibleToClient !== false && row.visibility !== 'internal' && row.billable !== false

function nextOf(link) {
  return link?.match(/<([^>]+)>;\s*rel="?next"?/)?.[1] ?? null
}
