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
  const { body, form, headers = {}, cookies = false, keepalive = false, deadline = DEADLINE_MS, signal } = options
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
      signal: signal ?? (deadline ? AbortSignal.timeout(deadline) : undefined),
    })
  } catch {
    throw new Refusal(0)
  }
  if (response.ok) return response
  const problem = await response.json().catch(() => ({}))
  throw new Refusal(response.status, problem, Number(response.headers.get('Retry-After')) || 0)
}

/** A key under which one attempt to write, repeated after a failure, has one effect. */
export function newKey() {
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, '0')).join('')
}
