// A form's questions as they are typed, and as the API takes them.
export const TYPES = ['text', 'long_text', 'number', 'email', 'phone', 'url', 'select', 'multi_select', 'checkbox', 'date', 'file']
const LONGEST_KEY = 40
let made = 0

export const hasOptions = (type) => type === 'select' || type === 'multi_select'

/** `id` names a question while it is being edited; options are typed one to a line. */
export const asTyped = (fields) => fields.map((field) => ({ ...field, id: field.key, options: field.options.join('\n') }))

export const newQuestion = () => ({ id: `new-${(made += 1)}-${Date.now()}`, key: '', label: '', type: 'text', required: false, options: '', hint: '' })

/** A question keeps its key once it has one, so that earlier answers still belong to it. */
export function asSent(questions) {
  const taken = new Set(questions.map(({ key }) => key).filter(Boolean))
  return questions.map(({ key, label, type, required, options, hint }) => ({
    key: key || freeKey(label, taken),
    label: label.trim(),
    type,
    required,
    hint: hint.trim(),
    options: hasOptions(type) ? options.split('\n').map((line) => line.trim()).filter(Boolean) : [],
  }))
}

function freeKey(label, taken) {
  const plain = ascii(label).replace(/[^a-z0-9]+/g, '_').replace(/^[^a-z]+|_+$/g, '').slice(0, LONGEST_KEY - 4) || 'question'
  let key = plain
  for (let next = 2; taken.has(key); next += 1) key = `${plain}_${next}`
  taken.add(key)
  return key
}

/** Letters, digits and hyphens out of a name, for an address. */
export const slugOf = (name) => ascii(name).replace(/[^a-z0-9]+/g, '-').replace(/^-+|-+$/g, '').slice(0, 60) || 'form'

const ascii = (text) => text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase()
