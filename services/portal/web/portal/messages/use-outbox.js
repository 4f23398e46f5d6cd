// Messages on their way: shown at once, kept until they have arrived, sent again with one press.
import { newKey } from '../../lib/api.js'
import { keepDraft, keptDraft } from '../../lib/drafts.js'
import { useCallback, useEffect, useRef, useState } from '../../lib/ui.js'
import { explain } from '../../lib/words.js'

const DRAFT = 'outbox'

/**
 * `letters` are [{key, threadId, projectId, content, attachments, at, state, why}], `state` is sending or failed.
 * `post` answers `sent`, `failed`, or `ended` for a session that is over: then the letter is taken back for its writer
 * to keep. `again(letter)` tries once more, `drop(letter)` gives up.
 */
export function useOutbox({ api, shown, putMessage }) {
  const [letters, setLetters] = useState([])
  const latest = useRef(letters)
  const change = useCallback((action) => {
    latest.current = action(latest.current)
    keepDraft(DRAFT, latest.current.length > 0 ? JSON.stringify(latest.current) : '')
    setLetters(latest.current)
  }, [])
  const drop = useCallback((letter) => change((all) => all.filter(({ key }) => key !== letter.key)), [])
  const mark = (letter, state) => change((all) => all.map((one) => (one.key === letter.key ? { ...one, ...state } : one)))

  const send = async (letter) => {
    mark(letter, { state: 'sending', why: '' })
    const { content, attachments, projectId, threadId } = letter
    try {
      putMessage(await api.write({ content, attachments, projectId, threadId }, letter.key))
      drop(letter)
      return 'sent'
    } catch (refusal) {
      if (refusal.status === undefined) throw refusal
      if (refusal.status === 401) {
        drop(letter)
        return 'ended'
      }
      mark(letter, { state: 'failed', why: explain(refusal) })
      return 'failed'
    }
  }
  const post = (letter) => {
    // The same key however often it is tried: a message that did arrive arrives once.
    const fresh = { attachments: [], ...letter, key: newKey(), at: new Date().toISOString() }
    change((all) => [...all, fresh])
    return send(fresh)
  }
  useEffect(() => {
    if (!shown) return
    latest.current = JSON.parse(keptDraft(DRAFT) || '[]')
    setLetters(latest.current)
    // The page was left before the answer came.
    for (const letter of latest.current) if (letter.state === 'sending') send(letter)
  }, [shown])
  return { letters, post, again: send, drop }
}
