// Lengths of time as people type and read them.
import { amountOf } from '../../lib/amounts.js'

export const MOST_MINUTES = 24 * 60

const HOURS = 'h|hr|hrs|hour|hours|std|stunde|stunden'
const MINUTES = 'm|min|mins|minute|minutes|minuten'
const CLOCK = /^(\d{1,2})[:h](\d{2})$/
const BOTH = new RegExp(`^(\\d+)\\s*(?:${HOURS})\\.?\\s*(\\d+)\\s*(?:${MINUTES})?\\.?$`)
const ONE = new RegExp(`^([\\d.,]+)\\s*(${HOURS}|${MINUTES})?\\.?$`)

/**
 * Whole minutes of a text like `1:30`, `90m`, `1.5h`, `1,5 Std`, `1h 30m` or `90`; null where it is none of that. A bare
 * number is minutes, one with a fraction hours.
 */
export function minutesOf(text) {
  const typed = String(text ?? '').trim().toLowerCase()
  const clock = typed.match(CLOCK)
  if (clock) return Number(clock[2]) < 60 ? Number(clock[1]) * 60 + Number(clock[2]) : null
  const both = typed.match(BOTH)
  if (both) return Number(both[1]) * 60 + Number(both[2])
  const one = typed.match(ONE)
  const amount = one ? amountOf(one[1]) : null
  if (amount === null || amount < 0) return null
  const inHours = one[2] ? new RegExp(`^(${HOURS})$`).test(one[2]) : /[.,]/.test(one[1])
  return Math.round(inHours ? amount * 60 : amount)
}

/** `1:30` for 90 minutes. */
export function clockOf(minutes) {
  return `${Math.floor(minutes / 60)}:${String(minutes % 60).padStart(2, '0')}`
}
