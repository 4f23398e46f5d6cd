import { Card } from '../../components/card.js'
import { ChartBars } from '../../components/chart-bars.js'
import { number } from '../../lib/format.js'
import { t } from '../../lib/texts.js'
import { html } from '../../lib/ui.js'

const SHOWN = 8
const LETTERS = 18
const COUNTED = ['minutes', 'billableMinutes', 'nonBillableMinutes']

/** Where time went: hours by project, those that took most of it. `report` is GET /api/reports/hours. */
export function HoursChart({ report }) {
  if (!report || report.projects.length < 2) return null
  const shown = report.projects.slice(0, SHOWN)
  const left = report.projects.length - shown.length + report.others.projects
  const rest = Object.fromEntries(COUNTED.map((name) => [name, report[name] - shown.reduce((sum, one) => sum + one[name], 0)]))
  const rows = left > 0 ? [...shown, { ...rest, name: t('app.time.others', { count: left }) }] : shown
  const hours = (name) => rows.map((row) => row[name] / 60)
  const series = [
    { name: t('app.time.totals.billable'), values: hours('billableMinutes') },
    { name: t('app.time.totals.not_billable'), values: hours('nonBillableMinutes') },
  ]
  return html`<${Card}><${ChartBars} title=${t('app.time.by_project')} first=${t('app.time.project')} labels=${labelsOf(rows)}
    series=${series} format=${(value) => t('app.time.hours', { time: number(Math.round(value * 100) / 100) })} /><//>`
}

/** Names cut to what fits under a bar, and no two alike. */
function labelsOf(rows) {
  const seen = new Map()
  return rows.map(({ name }) => {
    const letters = [...name]
    const short = letters.length > LETTERS ? `${letters.slice(0, LETTERS - 1).join('')}…` : name
    const times = (seen.get(short) ?? 0) + 1
    seen.set(short, times)
    return times > 1 ? `${short} (${times})` : short
  })
}
