// Every request of the dashboard: the public REST API, with the session cookie that scripts cannot read.
import { ask, Refusal } from '../../lib/api.js'
import { sendForm } from '../../lib/send-form.js'
import { sessionEnded } from './session.js'

async function through(method, path, { query, key, ...options } = {}) {
  const address = query ? `${path}?${queryOf(query)}` : path
  const headers = key ? { 'Idempotency-Key': key } : {}
  try {
    return await ask(method, address, { ...options, headers: { ...headers, ...options.headers }, cookies: true })
  } catch (refusal) {
    if (refusal instanceof Refusal && refusal.status === 401) sessionEnded()
    throw refusal
  }
}

// Which version of a thing (its ETag) an answer showed, by the answer itself.
const versions = new WeakMap()

/** One thing or a list. A thing that is to be changed is handed to `patch` as what was `seen`. */
export async function get(path, query) {
  const response = await through('GET', path, { query })
  return noted(await response.json(), response)
}

export const post = async (path, body = {}, key = undefined) => (await through('POST', path, { body, key })).json()

/**
 * Changes a thing. Where somebody else has changed it since it was `seen` (an answer of `get`) this is refused, once:
 * whoever asks again after that means to replace it.
 */
export async function patch(path, body, key = undefined, seen = null) {
  const version = seen && versions.get(seen)
  try {
    const response = await through('PATCH', path, { body, key, headers: version ? { 'If-Match': version } : {} })
    if (version) noted(seen, response)
    return noted(await response.json(), response)
  } catch (refusal) {
    if (refusal.status === 412) versions.delete(seen)
    throw refusal
  }
}

export const put = async (path, body, key = undefined) => (await through('PUT', path, { body, key })).json()
export const remove = async (path) => (await through('DELETE', path)).json()

/** Bytes: a PDF, a file, a picture. */
export const bytes = async (path, query) => (await through('GET', path, { query, deadline: null })).blob()

/** One page of a list, newest first, and the address of the next one: `{rows, next}`. */
export async function page(path, query) {
  const response = await through('GET', path, { query })
  const next = response.headers.get('Link')?.match(/<([^>]+)>;\s*rel="next"/)?.[1] ?? null
  return { rows: await response.json(), next: next && new URL(next, location.origin) }
}

export const nextPage = (next) => page(next.pathname, Object.fromEntries(next.searchParams))

/** A file or several parts, with progress: `onProgress(share)` from 0 to 1. Returns `{done, stop}` as sendForm does. */
export function upload(path, parts, { key, onProgress } = {}) {
  const form = new FormData()
  for (const [name, value] of Object.entries(parts)) {
    if (value instanceof File) form.append(name, value, value.name)
    else if (value !== undefined && value !== null) form.append(name, String(value))
  }
  const { done, stop } = sendForm(path, form, { headers: key ? { 'Idempotency-Key': key } : {}, onProgress })
  const told = done.catch((refusal) => {
    if (refusal.status === 401) sessionEnded()
    throw refusal
  })
  return { done: told, stop }
}

function queryOf(query) {
  const given = Object.entries(query).filter(([, value]) => ![undefined, null, ''].includes(value))
  return new URLSearchParams(given)
}

/** The thing an answer shows, its version noted. */
function noted(thing, response) {
  const version = response.headers.get('ETag')
  if (version && thing && typeof thing === 'object') versions.set(thing, version)
  return thing
}
