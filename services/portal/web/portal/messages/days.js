// A conversation by days, and who goes on speaking.
import { dayOf } from '../../lib/format.js'
import { t } from '../../lib/texts.js'

const GOES_ON_MS = 5 * 60_000

/** Messages, oldest first, with a `{day}` before the first of each day; `follows` where one goes on speaking. */
export function daysOf(messages, now = new Date()) {
  const found = []
  messages.forEach((message, index) => {
    const before = messages[index - 1]
    const isNewDay = !before || !isSameDay(before.createdAt, message.createdAt)
    if (isNewDay) found.push({ key: `day-${message.id}`, day: dayName(message.createdAt, now) })
    found.push({ message, follows: !isNewDay && goesOn(before, message) })
  })
  return found
}

function goesOn(before, message) {
  return before.author.id === message.author.id && Date.parse(message.createdAt) - Date.parse(before.createdAt) < GOES_ON_MS
}

function dayName(instant, now) {
  const yesterday = new Date(now.getFullYear(), now.getMonth(), now.getDate() - 1)
  if (isSameDay(instant, now)) return t('portal.messages.today')
  return isSameDay(instant, yesterday) ? t('portal.messages.yesterday') : dayOf(instant)
}

const isSameDay = (one, other) => new Date(one).toDateString() === new Date(other).toDateString()
