import { day, moment } from '../lib/format.js'
import { LOCALE } from '../lib/locale.js'
import { html } from '../lib/ui.js'

const UNITS = [
  ['minute', 60],
  ['hour', 24],
  ['day', 7],
]
const MINUTE_MS = 60_000
const relative = new Intl.RelativeTimeFormat(LOCALE, { numeric: 'auto' })

/**
 * A day (`on`, the same everywhere) or an instant (`at`). With `relative` an instant of the last week is told as "2 hours
 * ago", with the whole moment in its title.
 */
export function When({ at, on, relative: near = false }) {
  if (on) return html`<time datetime=${on}>${day(on)}</time>`
  const ago = near ? since(at) : ''
  return html`<time datetime=${at} title=${ago ? moment(at) : undefined}>${ago || moment(at)}</time>`
}

function since(instant, now = Date.now()) {
  let value = (Date.parse(instant) - now) / MINUTE_MS
  if (Math.abs(value) < 1) return relative.format(0, 'minute')
  for (const [unit, most] of UNITS) {
    if (Math.abs(value) < most) return relative.format(Math.trunc(value), unit)
    value /= most
  }
  return ''
}
