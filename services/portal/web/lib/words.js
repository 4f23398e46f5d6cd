// States and refusals in plain words.
import { named, t } from './texts.js'

/** What happened, what is safe and what to do, for a request that was refused. */
export function explain(refusal) {
  if (refusal.status === 0) return t('shared.refusals.unreachable')
  if (refusal.status === 429) return waitFor(refusal.retryAfter, 'shared.refusals.too_often')
  if (refusal.status >= 500) return t('shared.refusals.our_side')
  const known = refusal.code ? named('shared.refusals.codes', refusal.code) : null
  if (known && known !== refusal.code) return known
  return refusal.message || t(refusal.status === 409 ? 'shared.refusals.changed' : 'shared.refusals.other')
}

/** The sentence under `key` about how long to wait, for a person. */
export function waitFor(seconds, key) {
  return t(key, { count: Math.max(Math.ceil(seconds / 60), 1) })
}

/** What the server says of a field, as a sentence. */
export function inSentence(message) {
  return `${message.charAt(0).toUpperCase()}${message.slice(1)}.`
}

/** The message about one field of a form that was refused, empty when that field is fine. */
export function aboutField(refusal, name) {
  return refusal?.fields.find(({ field }) => field === name)?.message ?? ''
}
