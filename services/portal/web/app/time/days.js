import { Badge } from '../../components/badge.js'
import { Link } from '../../components/link.js'
import { Menu } from '../../components/menu.js'
import { When } from '../../components/when.js'
import { money } from '../../lib/format.js'
import { t } from '../../lib/texts.js'
import { html } from '../../lib/ui.js'
import { useNames } from '../lib/names.js'
import { today } from '../projects/due.js'
import { clockOf } from './duration.js'

/** Entries by the day of the work, the latest day first, each day with its sum. */
export function Days({ rows, project, onEdit, onDelete }) {
  const projectOf = useNames('projects', project ? [] : rows.map(({ projectId }) => projectId))
  const memberOf = useNames('members', rows.map(({ memberId }) => memberId))
  const days = [...new Set(rows.map(({ date }) => date))].sort().reverse()
  return html`<div class="days">
    ${days.map((date) => html`<${Day} key=${date} date=${date} rows=${rows.filter((row) => row.date === date)}
      ...${{ project, projectOf, memberOf, onEdit, onDelete }} />`)}
  </div>`
}

function Day({ date, rows, ...rest }) {
  const sum = rows.reduce((total, { minutes }) => total + minutes, 0)
  return html`<section class="day" aria-labelledby=${`day-${date}`}>
    <div class="day-head">
      <h2 id=${`day-${date}`}>${nameOf(date)}</h2>
      <span class="day-sum">${t('app.time.hours', { time: clockOf(sum) })}</span>
    </div>
    <ul class="entries">${rows.map((row) => html`<li key=${row.id}><${Entry} row=${row} ...${rest} /></li>`)}</ul>
  </section>`
}

function nameOf(date) {
  const yesterday = today(new Date(Date.now() - 86_400_000))
  if (date === today()) return t('app.time.today')
  return date === yesterday ? t('app.time.yesterday') : html`<${When} on=${date} />`
}

function Entry({ row, project, projectOf, memberOf, onEdit, onDelete }) {
  const locked = Boolean(row.invoiceId)
  const of = project ? null : projectOf(row.projectId)
  const member = memberOf(row.memberId)
  const items = [
    !locked && { label: t('app.time.edit'), icon: 'pencil', onPress: () => onEdit(row) },
    locked && { label: t('app.time.see_invoice'), icon: 'receipt', to: `/app/invoices/${row.invoiceId}` },
    !locked && { label: t('app.time.delete'), icon: 'trash-2', tone: 'danger', onPress: () => onDelete(row) },
  ]
  return html`<article class="entry">
    <div class="entry-words">
      <p class="entry-what" dir="auto">${row.description}</p>
      <p class="quiet entry-of">
        ${of && html`<${Link} to=${`/app/projects/${of.id}/time`} class="entry-project" dir="auto">${of.name}<//>`}
        ${member && html`<bdi>${member.name}</bdi>`}
        ${row.rate !== null && html`<span>${t('app.time.per_hour', { amount: money(row.rate, row.currency) })}</span>`}
        ${row.note && html`<span class="entry-note" dir="auto">${row.note}</span>`}
      </p>
    </div>
    <span class="entry-state">${locked ? html`<${Badge}
      tone="success">${t('app.time.is_billed')}<//>` : !row.billable && html`<${Badge}>${t('app.time.not_billable')}<//>`}</span>
    <span class="entry-time">${clockOf(row.minutes)}</span>
    <${Menu} label=${t('app.time.actions_of', { what: row.description })} items=${items} />
  </article>`
}
