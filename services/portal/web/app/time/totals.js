import { t } from '../../lib/texts.js'
import { html } from '../../lib/ui.js'
import { clockOf } from './duration.js'

/** What the time adds up to: of all of it where the `report` counts it, else of the entries on show. */
export function Totals({ report, query, projectId, rows, more }) {
  const counted = report && !query.member && !query.billed
  const all = counted && (projectId ? report.projects.find((one) => one.projectId === projectId) : report)
  const sums = all || sumOf(rows)
  const tiles = [
    ['total', sums.minutes],
    ['billable', sums.billableMinutes],
    ['not_billable', sums.nonBillableMinutes],
  ]
  return html`<div class="time-totals">
    <dl>${tiles.map(([name, minutes]) => html`<div key=${name}
      class="time-total"><dt>${t(`app.time.totals.${name}`)}</dt><dd>${t('app.time.hours', { time: clockOf(minutes) })}</dd></div>`)}</dl>
    ${!all && more && html`<p class="quiet">${t('app.time.of_shown')}</p>`}
  </div>`
}

function sumOf(rows) {
  const minutes = rows.reduce((total, row) => total + row.minutes, 0)
  const billableMinutes = rows.reduce((total, row) => total + (row.billable ? row.minutes : 0), 0)
  return { minutes, billableMinutes, nonBillableMinutes: minutes - billableMinutes }
}
