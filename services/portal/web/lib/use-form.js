// A form: what is typed, what is wrong with it, and its way to the server.
import { newKey } from './api.js'
import { keepDraft, keptDraft } from './drafts.js'
import { useEffect, useRef, useState } from './ui.js'
import { explain, inSentence } from './words.js'

/**
 * `initial` are the values by field; under the name `draft` they survive a reload, a failed request and an ended
 * session. `check(values)` answers complaints by field before anybody is asked; `send(values, key)` does the work, and
 * may raise a Refusal: what it says of fields is shown at them, the rest as `complaints.all`. An attempt keeps its key
 * until something is changed, so that a retry has one effect. `stamp` tells which state of a thing `initial` is of: what
 * was restored from a draft (`isRestored`) may be of an older one (`isStale`).
 */
export function useForm({ initial, draft = '', stamp = '', check = () => ({}), send, done = () => {} }) {
  const [kept, setKept] = useState(() => draft && JSON.parse(keptDraft(draft) || 'null'))
  const [values, setValues] = useState(() => ({ ...initial, ...kept?.values }))
  const [complaints, setComplaints] = useState({})
  const [busy, setBusy] = useState(false)
  const form = useRef(null)
  const key = useRef(null)
  useEffect(() => {
    form.current?.querySelector('[aria-invalid="true"]')?.focus()
  }, [complaints])

  const change = (changes) => {
    key.current = null
    setValues((before) => {
      const next = { ...before, ...(typeof changes === 'function' ? changes(before) : changes) }
      if (draft) keepDraft(draft, JSON.stringify({ values: next, stamp: kept ? kept.stamp : stamp }))
      return next
    })
    setComplaints((before) => (before.all || Object.keys(changes).some((name) => before[name]) ? without(before, changes) : before))
  }
  const forget = () => {
    if (draft) keepDraft(draft, '')
    setKept(null)
    key.current = null
  }
  const submit = async (event) => {
    event?.preventDefault()
    if (busy) return false
    const found = Object.fromEntries(Object.entries(check(values)).filter(([, complaint]) => complaint))
    setComplaints(found)
    if (Object.keys(found).length > 0) return false
    setBusy(true)
    key.current ??= newKey()
    try {
      const answer = await send(values, key.current)
      forget()
      done(answer)
      return true
    } catch (refusal) {
      if (refusal.status === undefined) throw refusal
      setComplaints(complaintsOf(refusal, Object.keys(values)))
      return false
    } finally {
      setBusy(false)
    }
  }
  const reset = (next = initial) => {
    forget()
    setValues(next)
    setComplaints({})
  }
  /** What a field component takes: `<Field label=... ...${bind('name')} />`. */
  const bind = (name) => ({
    value: values[name],
    onType: (value) => change({ [name]: value }),
    complaint: complaints[name] ?? '',
  })
  const isRestored = Boolean(kept)
  const isStale = isRestored && kept.stamp !== stamp
  return { isRestored, isStale, form, values, change, complaints, setComplaints, busy, submit, reset, bind }
}

/** What the server refused, by the field it names; `all` where it is about none of those on show. */
export function complaintsOf(refusal, names) {
  const found = {}
  for (const { field, message } of refusal.fields) {
    const name = names.find((one) => field === one || field.startsWith(`${one}.`))
    if (name) found[name] ??= inSentence(message)
  }
  return Object.keys(found).length > 0 ? found : { all: explain(refusal) }
}

function without(complaints, changes) {
  const left = { ...complaints, all: '' }
  for (const name of Object.keys(changes)) delete left[name]
  return left
}
