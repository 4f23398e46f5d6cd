// All that happened in a project.
import { Bones } from '../../components/bones.js'
import { Chips } from '../../components/chips.js'
import { EmptyState } from '../../components/empty-state.js'
import { ErrorState } from '../../components/error-state.js'
import { LoadMore } from '../../components/load-more.js'
import { Timeline } from '../../components/timeline.js'
import { t } from '../../lib/texts.js'
import { html } from '../../lib/ui.js'
import { useList } from '../lib/use-list.js'
import { useQuery } from '../lib/use-query.js'
import { activityItems } from './activity-items.js'
import { useProjectNews } from './use-project-news.js'

const TYPES = ['file.uploaded', 'file.approved', 'task.completed', 'message.created', 'update.published', 'invoice.sent']

export default function Activity({ project }) {
  const [{ type = '' }, change] = useQuery()
  const list = useList(`/api/projects/${project.id}/activity`, { type, limit: 50 })
  useProjectNews(project.id, list.reload)
  const options = [
    { value: '', label: t('app.projects.all') },
    ...TYPES.map((value) => ({ value, label: t(`app.projects.happened.${value.replace('.', '_')}`) })),
  ]
  return html`<div class="work-filters"><${Chips} label=${t('app.projects.by_type')} options=${options} value=${type}
    onChoose=${(value) => change({ type: value })} /></div>
    <${Feed} list=${list} />`
}

function Feed({ list }) {
  if (list.phase === 'loading') return html`<${Bones} shape="rows" count=${6} />`
  if (list.phase === 'failed') return html`<${ErrorState} level=${2} onRetry=${list.reload} />`
  if (list.rows.length === 0) return html`<${EmptyState} icon="history" title=${t('app.projects.no_activity')} text=${t('app.projects.no_activity_text')} />`
  return html`<div class="card"><${Timeline} label=${t('app.projects.parts.activity')} items=${activityItems(list.rows)} /></div>
    <${LoadMore} more=${list.more} onMore=${list.loadMore} count=${list.rows.length} />`
}
