// How often a recurring invoice comes, in words.
import { day } from '../../lib/format.js'
import { t } from '../../lib/texts.js'

const LANGUAGE = document.documentElement.lang || undefined
const TONES = { active: 'success', paused: 'neutral', failed: 'danger', ended: 'neutral' }
export const RECURRING_STATES = Object.keys(TONES)
export const FREQUENCIES = ['weekly', 'monthly', 'quarterly', 'yearly']

export const recurringState = ({ status }) => ({ tone: TONES[status] ?? 'neutral', text: t(`app.recurring.states.${status}`) })

/** "Every month on the 31st", "Every 2 weeks on Friday", "Every year on 1 March". */
export function rhythmWords({ frequency, interval, startsOn }) {
  if (!startsOn) return ''
  const [year, month, dayOfMonth] = startsOn.split('-').map(Number)
  const first = new Date(year, month - 1, dayOfMonth)
  const on = {
    weekly: () => new Intl.DateTimeFormat(LANGUAGE, { weekday: 'long' }).format(first),
    monthly: () => ordinal(dayOfMonth),
    quarterly: () => ordinal(dayOfMonth),
    yearly: () => new Intl.DateTimeFormat(undefined, { day: 'numeric', month: 'long' }).format(first),
  }[frequency]()
  return t(`app.recurring.every.${frequency}`, { count: interval, on })
}

/** Where the day is missing in a month, its last day is taken. */
export function shortMonthWords({ frequency, startsOn }) {
  const isLate = Number(startsOn?.slice(8, 10)) > 28
  return isLate && frequency !== 'weekly' ? t('app.recurring.short_months') : ''
}

export function endWords({ endsOn, occurrences, issuedCount = 0 }) {
  if (endsOn) return t('app.recurring.until', { day: day(endsOn) })
  return occurrences ? t('app.recurring.times', { count: occurrences, done: issuedCount }) : t('app.recurring.without_end')
}

/** What happens on each day: a draft is laid ready, it is issued, or issued and mailed. */
export const howOf = ({ draft, sendEmail }) => (draft ? 'draft' : sendEmail ? 'mail' : 'issue')

function ordinal(number) {
  const kind = new Intl.PluralRules(LANGUAGE, { type: 'ordinal' }).select(number)
  return t(`app.recurring.ordinal.${kind}`, { number })
}
