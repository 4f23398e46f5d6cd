// What may be wrong with what is typed at a door.
import { Refusal } from '../../lib/api.js'
import { t } from '../../lib/texts.js'

export function emailComplaint(email) {
  return /^\S+@\S+\.\S+$/.test(email.trim()) ? '' : t('app.entrance.email_missing')
}

/** The refusal with words of ours where its own are for programs: for a wrong secret, and for too many attempts. */
export function inPlainWords(refusal, whenWrong) {
  if (refusal.status === 401) return new Refusal(401, { detail: whenWrong })
  if (refusal.status !== 429) return refusal
  const minutes = Math.max(1, Math.ceil(refusal.retryAfter / 60))
  return new Refusal(403, { detail: t('app.entrance.too_often', { count: minutes }) })
}
