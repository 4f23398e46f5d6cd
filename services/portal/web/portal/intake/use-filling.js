// What is being filled into an intake form. What was typed survives a reload, chosen files do not.
import { newKey } from '../../lib/api.js'
import { keepDraft, keptDraft } from '../../lib/drafts.js'
import { useRef, useState } from '../../lib/ui.js'

const NOTHING = { name: '', email: '', message: '', answers: {} }

/** `onTouch(name)` tells which field was changed. An attempt keeps its key until something is changed. */
export function useFilling(draft, onTouch) {
  const [values, setValues] = useState(() => ({ ...NOTHING, ...JSON.parse(keptDraft(draft) || '{}') }))
  const [files, setFiles] = useState({})
  const key = useRef(null)
  const touch = (name) => {
    key.current = null
    onTouch(name)
  }
  const change = (name, next) => {
    touch(name)
    setValues(next)
    keepDraft(draft, JSON.stringify(next))
  }
  const choose = (question, file) => {
    touch(`answers.${question}`)
    const { [question]: _, ...others } = files
    setFiles(file ? { ...others, [question]: file } : others)
  }
  return {
    values,
    files,
    type: (name, text) => change(name, { ...values, [name]: text }),
    answer: (field, value) => {
      if (field.type === 'file') choose(field.key, value)
      else change(`answers.${field.key}`, { ...values, answers: { ...values.answers, [field.key]: value } })
    },
    given: (field) => (field.type === 'file' ? files : values.answers)[field.key],
    attempt: () => (key.current ??= newKey()),
    forget: () => keepDraft(draft, ''),
  }
}
