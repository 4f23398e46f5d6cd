// Stretches of days that one often asks for, as {from, to}.
import { today } from '../projects/due.js'

export const PERIODS = ['all', 'week', 'month', 'last_month', 'custom']

export function periodOf(name, now = new Date()) {
  const [year, month, date] = [now.getFullYear(), now.getMonth(), now.getDate()]
  const monday = date - ((now.getDay() + 6) % 7)
  const days = {
    week: [new Date(year, month, monday), new Date(year, month, monday + 6)],
    month: [new Date(year, month, 1), new Date(year, month + 1, 0)],
    last_month: [new Date(year, month - 1, 1), new Date(year, month, 0)],
  }[name]
  return days ? { from: today(days[0]), to: today(days[1]) } : { from: '', to: '' }
}

/** Which of them is asked for; `custom` for any other days. */
export function nameOfPeriod({ from = '', to = '' }) {
  return PERIODS.slice(0, 4).find((name) => periodOf(name).from === from && periodOf(name).to === to) ?? 'custom'
}
