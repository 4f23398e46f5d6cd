// Days where the agency is, as `2026-03-31`.
import { me } from '../lib/session.js'

const DAY_MS = 86_400_000

export function today() {
  return new Intl.DateTimeFormat('en-CA', { timeZone: me.value?.agency.timeZone, year: 'numeric', month: '2-digit', day: '2-digit' }).format(new Date())
}

export const daysAfter = (day, count) => new Date(Date.parse(day) + count * DAY_MS).toISOString().slice(0, 10)

/** How many days from now that is; less than 0 for the past. */
export const daysUntil = (day) => Math.round((Date.parse(day) - Date.parse(today())) / DAY_MS)
