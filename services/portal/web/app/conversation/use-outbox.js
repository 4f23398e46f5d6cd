// Messages on their way. They stay in the tab until they have arrived, so that a reload or an ended session loses none.
import { newKey } from '../../lib/api.js'
import { keepDraft, keptDraft } from '../../lib/drafts.js'
import { useEffect, useRef, useState } from '../../lib/ui.js'
import { post } from '../lib/api.js'

/** `unsent` are {key, content, attachments, phase: sending or failed, refusal}; each is sent under its key, once. */
export function useOutbox(path, threadId, onArrived) {
  const name = `thread.${threadId}.unsent`
  const [unsent, setUnsent] = useState(() => keptUnder(name))
  const turn = useRef(Promise.resolve())
  const arrived = useRef(onArrived)
  arrived.current = onArrived
  useEffect(() => {
    keepDraft(name, unsent.length > 0 ? JSON.stringify(unsent) : '')
  }, [unsent])

  const alter = (key, changes) => setUnsent((before) => before.map((one) => (one.key === key ? { ...one, ...changes } : one)))
  const drop = (key) => setUnsent((before) => before.filter((one) => one.key !== key))
  const deliver = async ({ key, content, attachments }) => {
    try {
      const message = await post(path, { content, attachments: attachments.map(({ id }) => id) }, key)
      drop(key)
      arrived.current(message)
    } catch (refusal) {
      alter(key, { phase: 'failed', refusal: { status: refusal.status ?? 0, code: refusal.code, message: refusal.message, retryAfter: refusal.retryAfter } })
    }
  }
  // One after the other, so that they arrive in the order in which they were written.
  const line = (one) => {
    turn.current = turn.current.then(() => deliver(one))
  }
  const send = (content, attachments) => {
    const one = { key: newKey(), content, attachments, phase: 'sending', at: new Date().toISOString() }
    setUnsent((before) => [...before, one])
    line(one)
  }
  const retry = (key) => {
    const one = unsent.find((other) => other.key === key)
    alter(key, { phase: 'sending', refusal: null })
    line(one)
  }
  return { unsent, send, retry, discard: drop }
}

function keptUnder(name) {
  try {
    return JSON.parse(keptDraft(name) || '[]').map((one) => ({ ...one, phase: 'failed', refusal: one.refusal ?? null }))
  } catch {
    return []
  }
}
