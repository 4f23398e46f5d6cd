// Every request the pages make. The token travels in a header, never in an address.
const DEADLINE_MS = 20_000

export class Refusal extends Error {
  constructor(status, problem = {}) {
    super(problem.detail ?? '')
    this.status = status
    this.code = problem.code ?? null
  }
}

export function openApi(token) {
  const ask = async (method, path, { body, key, deadline = DEADLINE_MS } = {}) => {
    const headers = { 'X-Portal-Token': token }
    if (body !== undefined) headers['Content-Type'] = 'application/json'
    if (key) headers['Idempotency-Key'] = key
    let response
    try {
      response = await fetch(path, {
        method,
        headers,
        body: body === undefined ? undefined : JSON.stringify(body),
        credentials: 'omit',
        cache: 'no-store',
        referrerPolicy: 'no-referrer',
        signal: deadline ? AbortSignal.timeout(deadline) : undefined,
      })
    } catch {
      throw new Refusal(0)
    }
    if (!response.ok) throw new Refusal(response.status, await response.json().catch(() => ({})))
    return response
  }
  const send = async (path, body = {}, key = undefined) => (await ask('POST', path, { body, key })).json()

  return {
    snapshot: async () => (await ask('GET', '/api/portal')).json(),
    opened: () => ask('POST', '/api/portal/opened', { body: {} }),
    approve: (file) => send(`/api/files/${file.id}/approve`, { version: file.version, sha256: file.sha256 }),
    requestChanges: (file, comment) =>
      send(`/api/files/${file.id}/request-changes`, { version: file.version, sha256: file.sha256, comment }),
    sign: (file, signature) => send(`/api/portal/sign/${file.id}`, { ...signature, sha256: file.sha256 }),
    write: (message, key) => send('/api/portal/messages', message, key),
    invoiceOpened: (id) => ask('POST', `/api/invoices/${id}/view`, { body: {} }),
    fileBytes: async (file) => (await ask('GET', `/api/files/${file.id}/content`, { deadline: null })).blob(),
    invoicePdf: async (id) =>
      (await ask('GET', `/api/invoices/${id}/pdf?format=pdf`, { deadline: null })).blob(),
  }
}

/** A key under which one attempt to write, repeated after a failure, has one effect. */
export function newKey() {
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, '0')).join('')
}
