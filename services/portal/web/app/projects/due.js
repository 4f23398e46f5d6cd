import { When } from '../../components/when.js'
import { t } from '../../lib/texts.js'
import { html } from '../../lib/ui.js'

/** When something is due; said in words, too, once that day has passed and it is not done. */
export function Due({ on, done = false }) {
  if (!on) return html`<span class="quiet">${t('app.projects.no_due')}</span>`
  const late = !done && isPast(on)
  return html`<span class=${late ? 'day-due day-due-late' : 'day-due'}><${When} on=${on} />${late && html` <span class="day-due-word">${t('app.projects.late')}</span>`}</span>`
}

export function isPast(on) {
  return on < today()
}

/** The day it is where the reader is, as `2026-03-01`. */
export function today(now = new Date()) {
  return [now.getFullYear(), now.getMonth() + 1, now.getDate()].map((part) => String(part).padStart(2, '0')).join('-')
}
