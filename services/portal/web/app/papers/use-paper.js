// An editor's state: what is typed, what it comes to, and its way to the server. Nothing typed is lost: it is kept until
// it is saved, over a reload, a failed request, an ended session and a visit elsewhere.
import { newKey } from '../../lib/api.js'
import { keepDraft, keptDraft } from '../../lib/drafts.js'
import { useEffect, useMemo, useRef, useState } from '../../lib/ui.js'
import { explain, inSentence } from '../../lib/words.js'
import { inEditor, liveTotals } from './reading.js'

/**
 * `initial` are the values of the fields, `draft` the name under which they are kept, `stamp` tells which state of the
 * paper they are of. `read(values)` answers what readContent does and the whole `body`, which `send(body, key)` saves.
 */
export function usePaper({ initial, draft, stamp = '', read, send }) {
  const kept = useMemo(() => restored(draft), [])
  const [values, setValues] = useState(() => ({ ...initial, ...kept?.values }))
  const [restoredFrom, setRestoredFrom] = useState(kept ? kept.stamp : null)
  const [refused, setRefused] = useState({})
  const [pressed, setPressed] = useState(false)
  const [busy, setBusy] = useState(false)
  const form = useRef(null)
  const key = useRef(null)
  const base = useRef(kept ? kept.stamp : stamp)
  const [looks, setLooks] = useState(0)
  useEffect(() => {
    if (looks > 0) form.current?.querySelector('[aria-invalid="true"]')?.focus()
  }, [looks])

  const found = read(values)
  const live = liveTotals(found)
  const wrong = { ...live.complaints, ...found.complaints }
  const complaints = { ...refused, ...wrong, ...(pressed ? found.missing : {}) }

  const change = (changes) => {
    key.current = null
    setRefused((before) => (Object.keys(before).length > 0 ? {} : before))
    setValues((before) => {
      const next = { ...before, ...(typeof changes === 'function' ? changes(before) : changes) }
      keepDraft(draft, JSON.stringify({ values: next, stamp: base.current }))
      return next
    })
  }
  /** Saves it, and answers what the server has now; null where it was refused, which the fields tell. */
  const save = async () => {
    if (busy) return null
    setPressed(true)
    if (Object.keys({ ...wrong, ...found.missing }).length > 0) {
      setLooks((count) => count + 1)
      return null
    }
    setBusy(true)
    key.current ??= newKey()
    try {
      const saved = await send(found.body, key.current)
      keepDraft(draft, '')
      return saved
    } catch (refusal) {
      if (refusal.status === undefined) throw refusal
      setLooks((count) => count + 1)
      setRefused(complaintsOf(refusal, found.rows, Object.keys(values)))
      return null
    } finally {
      setBusy(false)
    }
  }
  const discard = () => {
    keepDraft(draft, '')
    key.current = null
    base.current = stamp
    setValues(initial)
    setRestoredFrom(null)
    setRefused({})
    setPressed(false)
  }
  const bind = (name) => ({ value: values[name], onType: (value) => change({ [name]: value }), complaint: complaints[name] ?? '' })
  return {
    values, change, bind, form, busy, save, discard, complaints,
    totals: live.totals,
    amounts: live.amounts,
    content: found.content,
    body: found.body,
    isRestored: restoredFrom !== null,
    isStale: restoredFrom !== null && restoredFrom !== stamp,
    /** Whether nothing stands in the way of saving it; shows what does. */
    check: () => {
      setPressed(true)
      setLooks((count) => count + 1)
      return Object.keys({ ...wrong, ...found.missing }).length === 0
    },
  }
}

function restored(draft) {
  try {
    return JSON.parse(keptDraft(draft) || 'null')
  } catch {
    return null
  }
}

/** What is about a field is said there; what is about none of those on show is said above them all. */
function complaintsOf(refusal, rows, names) {
  const told = refusal.fields.map(({ field, message }) => [inEditor(field, rows), inSentence(message)])
  const isShown = ([field]) => names.includes(field) || /^lines\.\d/.test(field)
  const apart = told.filter((one) => !isShown(one)).map(([, message]) => message)
  if (told.length === 0) return { all: explain(refusal) }
  return { ...Object.fromEntries(told.filter(isShown)), ...(apart.length > 0 ? { all: apart.join(' ') } : {}) }
}
