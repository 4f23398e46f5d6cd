import { Bones } from '../../components/bones.js'
import { EmptyState } from '../../components/empty-state.js'
import { ErrorState } from '../../components/error-state.js'
import { Table } from '../../components/table.js'
import { When } from '../../components/when.js'
import { duration } from '../../lib/format.js'
import { t } from '../../lib/texts.js'
import { html } from '../../lib/ui.js'
import { useRows } from './use-rows.js'

/** The billable time of a project: what was done, when, how long, and all of it together. */
export function TimeList({ project, portal }) {
  const { phase, rows, reload } = useRows(portal.api, `/api/projects/${project.id}/time-entries?limit=200`)
  if (phase === 'loading') return html`<${Bones} count=${5} />`
  if (phase === 'failed') return html`<${ErrorState} level=${2} onRetry=${reload} />`
  if (rows.length === 0) return html`<${EmptyState} icon="clock" title=${t('portal.time.empty')} text=${t('portal.time.empty_text')} />`
  const total = rows.reduce((sum, { minutes }) => sum + minutes, 0)
  const sorted = [...rows].sort((one, other) => other.date.localeCompare(one.date))
  const columns = [
    { key: 'description', head: t('portal.time.what'), primary: true, cell: ({ description }) => html`<bdi>${description || t('portal.time.unnamed')}</bdi>` },
    { key: 'date', head: t('portal.time.when'), cell: ({ date }) => html`<${When} on=${date} />` },
    { key: 'minutes', head: t('portal.time.long'), align: 'end', cell: ({ minutes }) => duration(minutes) },
  ]
  return html`<p class="time-total">${t('portal.time.total', { time: html`<strong>${duration(total)}</strong>` })}</p>
    <p class="quiet time-note">${t('portal.time.note')}</p>
    <${Table} caption=${t('portal.projects.parts.time')} columns=${columns} rows=${sorted} />`
}
