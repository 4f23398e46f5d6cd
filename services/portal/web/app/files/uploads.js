// Files on their way to the server: a few at a time, while one goes on working elsewhere in the dashboard.
//
// The browser reads a file from the disk as it sends it, so its size does not matter to the page's memory.
import { newKey } from '../../lib/api.js'
import { signal } from '../../lib/signals.js'
import { t } from '../../lib/texts.js'
import { explain } from '../../lib/words.js'
import { upload } from '../lib/api.js'

const AT_ONCE = 3
// A connection may be gone without anybody saying so.
const STALLED_MS = 60_000

/** [{id, projectId, file, visible, state, share, result, why, cut}]; states: waiting, sending, paused, failed, done. */
export const uploads = signal([])
const running = new Map()
let last = 0

export function addUploads(projectId, files, { visible, notify }) {
  const added = files.map((file) => ({
    id: (last += 1), projectId, file, visible, notify, key: newKey(), state: 'waiting', share: 0, result: null, why: '', cut: false,
  }))
  uploads.value = [...uploads.value, ...added]
  next()
}

/** Stops sending one; it begins from the start when it goes on, for the server keeps no halves. */
export function pause(id) {
  change(id, { state: 'paused', share: 0 })
  running.get(id)?.()
}

export function resume(id) {
  change(id, { state: 'waiting', share: 0, why: '' })
  next()
}

export function cancel(id) {
  uploads.value = uploads.value.filter((one) => one.id !== id)
  running.get(id)?.()
  next()
}

/** Tries those again that failed. */
export function retryFailed(rows) {
  for (const { id, state } of rows) if (state === 'failed') resume(id)
}

/** Takes those from the list that are not there yet; those that wait first, so that none of them begins meanwhile. */
export function cancelRest(rows) {
  for (const { id, state } of rows.toReversed()) if (state !== 'done') cancel(id)
}

// What a lost connection cut off goes on as soon as there is one.
addEventListener('online', () => retryFailed(uploads.value.filter(({ cut }) => cut)))

/** Takes those from the list that are there. */
export function clearDone(projectId) {
  uploads.value = uploads.value.filter((one) => one.projectId !== projectId || one.state !== 'done')
}

const listeners = new Set()

/** Calls `listener(file, projectId)` with each file that has arrived; answers what ends that. */
export function onUploaded(listener) {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

function next() {
  const sending = uploads.value.filter(({ state }) => state === 'sending')
  const names = new Set(sending.map(nameOf))
  // Two of the same name one after the other: the second is the next version of the first.
  const free = uploads.value.filter((one) => one.state === 'waiting' && !names.has(nameOf(one)))
  const [one] = free
  if (!one || sending.length >= AT_ONCE) return watchLeaving()
  send(one)
  return next()
}

const nameOf = ({ projectId, file }) => `${projectId}/${file.name}`

async function send({ id, projectId, file, visible, notify, key }) {
  change(id, { state: 'sending' })
  const parts = { projectId, visibleToClient: visible, notify: notify && visible, file }
  const { done, stop } = upload('/api/files', parts, { key, onProgress: (share) => progress(share) })
  let stalled = setTimeout(stop, STALLED_MS)
  // Once all of it is sent, the server may take the time it needs.
  const progress = (share) => {
    clearTimeout(stalled)
    if (share < 1) stalled = setTimeout(stop, STALLED_MS)
    change(id, { share })
  }
  running.set(id, stop)
  try {
    const result = await done
    change(id, { state: 'done', share: 1, result })
    for (const listener of listeners) listener(result, projectId)
  } catch (refusal) {
    const cut = refusal.status === 0
    if (find(id)?.state === 'sending') change(id, { state: 'failed', cut, why: cut ? t('app.files.cut') : explain(refusal) })
  } finally {
    clearTimeout(stalled)
    running.delete(id)
    next()
  }
}

const find = (id) => uploads.value.find((one) => one.id === id)

function change(id, changes) {
  uploads.value = uploads.value.map((one) => (one.id === id ? { ...one, ...changes } : one))
}

/** Whoever closes the tab while something is on its way is asked first. */
function watchLeaving() {
  const busy = uploads.value.some(({ state }) => state === 'sending' || state === 'waiting')
  if (busy) addEventListener('beforeunload', hold)
  else removeEventListener('beforeunload', hold)
}

function hold(event) {
  event.preventDefault()
}
