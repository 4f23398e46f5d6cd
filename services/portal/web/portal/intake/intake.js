// Intake forms: what anyone may fill in who is no client yet.
import { ask } from '../../lib/api.js'
import { t } from '../../lib/texts.js'
import { explain, inSentence } from '../../lib/words.js'
import { sendForm } from '../../lib/send-form.js'

const SEND_MS = 120_000
export const MAX_FILE_BYTES = 10 * 1024 * 1024

const pathOf = (slug, form) => `/api/portal/intake/${encodeURIComponent(slug)}/${encodeURIComponent(form)}`

export const openIntake = async (slug, form) => (await ask('GET', pathOf(slug, form))).json()

/** Sends what was filled in; `files` by the keys of their fields. The same `key` again has no second effect. */
export function sendIntake(slug, form, { submission, files, key, onProgress }) {
  const options = { headers: { 'Idempotency-Key': key }, deadline: SEND_MS }
  const chosen = Object.entries(files)
  if (chosen.length === 0) return ask('POST', pathOf(slug, form), { ...options, body: submission })
  const parts = new FormData()
  parts.append('submission', JSON.stringify(submission))
  for (const [name, file] of chosen) parts.append(name, file, file.name)
  return sendForm(pathOf(slug, form), parts, { headers: options.headers, onProgress }).done
}

/** What one would have to put right before it is worth sending: complaints by field, `answers.` before a question's key. */
export function missingFrom(fields, values, files) {
  const found = {}
  if (!values.name.trim()) found.name = t('portal.intake.no_name')
  if (!/^\S+@\S+$/.test(values.email.trim())) found.email = t('portal.intake.no_email')
  for (const field of fields) {
    const complaint = missingAnswer(field, values.answers[field.key], files[field.key])
    if (complaint) found[`answers.${field.key}`] = complaint
  }
  return found
}

function missingAnswer(field, value, file) {
  if (field.type === 'file') {
    if (file?.size > MAX_FILE_BYTES) return t('portal.intake.large_file')
    return field.required && !file ? t('portal.intake.no_file') : ''
  }
  if (!field.required) return ''
  if (field.type === 'checkbox') return value === true ? '' : t('portal.intake.no_tick')
  if (field.type === 'multi_select') return value?.length ? '' : t('portal.intake.none_chosen')
  if (field.type === 'select') return value ? '' : t('portal.intake.not_chosen')
  return String(value ?? '').trim() ? '' : t('portal.intake.empty')
}

/** The answers as the server takes them: of what was left empty, nothing. */
export function answersOf(fields, answers) {
  const given = fields
    .filter(({ type, key }) => type !== 'file' && ![undefined, null, ''].includes(answers[key]))
    .map(({ type, key }) => [key, type === 'number' ? Number(answers[key]) : answers[key]])
  return Object.fromEntries(given)
}

/** What the server refused a form for, by field; `all` where it is about none of them. */
export function complaintsOf(refusal, fields) {
  if (refusal.status === 404) {
    return { all: t('portal.intake.closed') }
  }
  const known = new Set(['name', 'email', 'message', ...fields.map(({ key }) => `answers.${key}`)])
  const found = refusal.fields.filter(({ field }) => known.has(field))
  if (found.length === 0) return { all: explain(refusal) }
  return Object.fromEntries(found.map(({ field, message }) => [field, inSentence(message)]))
}
