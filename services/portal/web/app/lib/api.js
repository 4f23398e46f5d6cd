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

export const get = async (path, query) => (await through('GET', path, { query })).json()
export const post = async (path, body = {}, key = undefined) => (await through('POST', path, { body, key })).json()
export const patch = async (path, body, key = undefined) => (await through('PATCH', path, { body, key })).json()
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
