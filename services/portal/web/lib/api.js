// Every request the pages make. Credentials travel in headers and cookies, never in an address.
const DEADLINE_MS = 20_000

export class Refusal extends Error {
  constructor(status, problem = {}, retryAfter = 0) {
    super(problem.detail ?? '')
    this.status = status
    this.code = problem.code ?? null
    this.fields = problem.errors ?? []
    this.retryAfter = retryAfter
  }
}

/**
 * One request, with a JSON `body` or a `form` of parts. With `cookies` the browser sends and keeps its cookies; `keepalive` lets it end after the page is left.
 * Raises Refusal, with status 0 when nobody answered.
 */
export async function ask(method, path, options = {}) {
  const { body, form, headers = {}, cookies = false, keepalive = false, deadline = DEADLINE_MS } = options
  let response
  try {
    response = await fetch(path, {
      method,
      headers: body === undefined ? headers : { ...headers, 'Content-Type': 'application/json' },
      body: body === undefined ? form : JSON.stringify(body),
      credentials: cookies ? 'same-origin' : 'omit',
      cache: 'no-store',
      keepalive,
      referrerPolicy: 'no-referrer',
      signal: deadline ? AbortSignal.timeout(deadline) : undefined,
    })
  } catch {
    throw new Refusal(0)
  }
  if (response.ok) return response
  const problem = await response.json().catch(() => ({}))
  throw new Refusal(response.status, problem, Number(response.headers.get('Retry-After')) || 0)
}

/** What a client may ask and do, through whichever door they came in (see doors.js). */
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

/** A key under which one attempt to write, repeated after a failure, has one effect. */
export function newKey() {
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, '0')).join('')
}
