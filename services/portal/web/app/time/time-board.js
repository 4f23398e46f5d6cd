// Time that was worked: the timer, the entries by day, and what they add up to.
import { Bones } from '../../components/bones.js'
import { Button } from '../../components/button.js'
import { EmptyState } from '../../components/empty-state.js'
import { ErrorState } from '../../components/error-state.js'
import { LoadMore } from '../../components/load-more.js'
import { t } from '../../lib/texts.js'
import { html, useEffect, useRef } from '../../lib/ui.js'
import { leaveRow } from '../lib/leave-row.js'
import { isLeaving, removeLater } from '../lib/remove-later.js'
import { timer } from '../lib/timer.js'
import { useList } from '../lib/use-list.js'
import { Days } from './days.js'
import { HoursChart } from './hours-chart.js'
import { TimeFilters, wantedOf } from './time-filters.js'
import { TimerCard } from './timer-card.js'
import { Totals } from './totals.js'
import { useHours } from './use-hours.js'

const pathOf = (id) => `/api/time-entries/${id}`

/** `editing` is the entry whose form is open (`{}` for a new one), opened and closed by `onEdit`. `list` is theirs. */
export function TimeBoard({ project, query, change, list, onEdit }) {
  const reload = useRef(null)
  reload.current = list.reload
  // The timer may be stopped from anywhere, and has become an entry then.
  useEffect(() => {
    let before = timer.value
    return timer.subscribe((now) => {
      if (before && !now) reload.current()
      before = now
    })
  }, [])
  const erase = (entry) => {
    leaveRow()
    list.drop(entry.id)
    removeLater({ paths: [pathOf(entry.id)], text: t('app.time.deleted'), onBack: list.reload })
  }
  const rows = list.rows.filter(({ id }) => !isLeaving(pathOf(id)))
  const report = useHours(query, rows)
  const narrowed = ['project', 'member', 'billed', 'from', 'to'].some((name) => query[name])
  // Nothing to look through yet; once there was, the filters stay, for somebody may be using them.
  const filled = useRef(false)
  filled.current ||= rows.length > 0 || narrowed
  const bare = list.phase === 'ready' && !filled.current
  return html`<div class="time-board">
    <${TimerCard} project=${project} onStopped=${list.add} />
    ${!bare && html`<${TimeFilters} query=${query} change=${change} fixed=${Boolean(project)} />`}
    ${list.phase !== 'loading' && !bare && html`<${Totals} report=${report} query=${query} projectId=${project?.id ?? query.project} rows=${rows} more=${list.more} />`}
    ${!project && !query.project && !query.member && !query.billed && html`<${HoursChart} report=${report} />`}
    ${list.phase === 'loading' && html`<${Bones} shape="rows" count=${5} />`}
    ${list.phase === 'failed' && rows.length === 0 && html`<${ErrorState} level=${2} onRetry=${list.reload} />`}
    ${list.phase === 'ready' && (rows.length > 0 ? html`<${Days} rows=${rows} project=${project} onEdit=${onEdit}
      onDelete=${erase} />` : html`<${Nothing} narrowed=${narrowed} onAdd=${() => onEdit({})} />`)}
    <${LoadMore} more=${list.more} onMore=${list.loadMore} count=${rows.length} />
  </div>`
}

export function useEntries(query, project) {
  return useList('/api/time-entries', { ...wantedOf({ ...query, project: project?.id ?? query.project }), limit: 100 })
}

function Nothing({ narrowed, onAdd }) {
  return narrowed
    ? html`<${EmptyState} icon="search" title=${t('app.time.none_found')} text=${t('app.time.none_found_text')} />`
    : html`<${EmptyState} icon="clock" title=${t('app.time.none')} text=${t('app.time.none_text')} action=${html`<${Button} icon="plus"
      onPress=${onAdd}>${t('app.time.add')}<//>`} />`
}
