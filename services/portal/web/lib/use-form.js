// A form: what is typed, what is wrong with it, and its way to the server.
import { newKey } from './api.js'
import { keepDraft, keptDraft } from './drafts.js'
import { useEffect, useRef, useState } from './ui.js'
import { explain, inSentence } from './words.js'

/**
 * `initial` are the values by field; under the name `draft` they survive a reload, a failed request and an ended
 * session. `check(values)` answers complaints by field before anybody is asked; `send(values, key)` does the work, and
 * may raise a Refusal: what it says of fields is shown at them, the rest as `complaints.all`. An attempt keeps its key
 * until something is changed, so that a retry has one effect.
 */
export function useForm({ initial, draft = '', check = () => ({}), send, done = () => {} }) {
  const [values, setValues] = useState(() => ({ ...initial, ...JSON.parse((draft && keptDraft(draft)) || '{}') }))
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
      if (draft) keepDraft(draft, JSON.stringify(next))
      return next
    })
    setComplaints((before) => (before.all || Object.keys(changes).some((name) => before[name]) ? without(before, changes) : before))
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
      if (draft) keepDraft(draft, '')
      key.current = null
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
    if (draft) keepDraft(draft, '')
    key.current = null
    setValues(next)
    setComplaints({})
  }
  /** What a field component takes: `<Field label=... ...${bind('name')} />`. */
  const bind = (name) => ({
    value: values[name],
    onType: (value) => change({ [name]: value }),
    complaint: complaints[name] ?? '',
  })
  return { form, values, change, complaints, setComplaints, busy, submit, reset, bind }
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
