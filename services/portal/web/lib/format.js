// Money, dates and sizes in the reader's own language.
import { LOCALE } from './locale.js'

const DAY = new Intl.DateTimeFormat(LOCALE, { day: 'numeric', month: 'long', year: 'numeric' })
const MOMENT = new Intl.DateTimeFormat(LOCALE, { dateStyle: 'medium', timeStyle: 'short' })
const UNITS = ['byte', 'kilobyte', 'megabyte', 'gigabyte']

export function money(amount, currency) {
  return new Intl.NumberFormat(LOCALE, { style: 'currency', currency }).format(amount)
}

/** A date without a time (`2026-03-01`) is that day everywhere, whatever the reader's time zone. */
export function day(date) {
  const [year, month, dayOfMonth] = date.slice(0, 10).split('-').map(Number)
  return DAY.format(new Date(year, month - 1, dayOfMonth))
}

/** The day of an instant, where the reader is. */
export function dayOf(instant) {
  return DAY.format(new Date(instant))
}

export function moment(instant) {
  return MOMENT.format(new Date(instant))
}

export function size(bytes) {
  const step = Math.min(UNITS.length - 1, Math.floor(Math.log10(Math.max(bytes, 1)) / 3))
  const unitDisplay = step === 0 ? 'long' : 'short'
  const format = { style: 'unit', unit: UNITS[step], unitDisplay, maximumFractionDigits: 1 }
  return new Intl.NumberFormat(LOCALE, format).format(bytes / 1000 ** step)
}

export function percent(rate) {
  return new Intl.NumberFormat(LOCALE, { style: 'percent', maximumFractionDigits: 3 }).format(rate / 100)
}

export function number(value) {
  return new Intl.NumberFormat(LOCALE, { maximumFractionDigits: 4 }).format(value)
}

const TIME = new Intl.DateTimeFormat(LOCALE, { timeStyle: 'short' })

/** The time of day of an instant, where the reader is. */
export function time(instant) {
  return TIME.format(new Date(instant))
}

/** A length of time out of minutes: `1 hr, 35 min`. */
export function duration(minutes) {
  const parts = [
    [Math.floor(minutes / 60), 'hour'],
    [minutes % 60, 'minute'],
  ].filter(([value]) => value > 0)
  const shown = parts.length > 0 ? parts : [[0, 'minute']]
  return shown.map(([value, unit]) => new Intl.NumberFormat(LOCALE, { style: 'unit', unit }).format(value)).join(' ')
}
