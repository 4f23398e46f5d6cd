import { Bones } from '../../components/bones.js'
import { Button } from '../../components/button.js'
import { EmptyState } from '../../components/empty-state.js'
import { ErrorState } from '../../components/error-state.js'
import { LoadMore } from '../../components/load-more.js'
import { Progress } from '../../components/progress.js'
import { Table } from '../../components/table.js'
import { t } from '../../lib/texts.js'
import { html } from '../../lib/ui.js'
import { Due } from './due.js'
import { ProjectStatus } from './status.js'

/** The projects found: `nameOf(clientId)` answers their clients. */
export function ProjectList({ list, nameOf, narrowed, onCreate, onClear }) {
  if (list.phase === 'loading') return html`<${Bones} shape="rows" count=${6} />`
  if (list.phase === 'failed' && list.rows.length === 0) return html`<${ErrorState} level=${2} onRetry=${list.reload} />`
  const columns = [
    { key: 'name', head: t('app.projects.name'), primary: true },
    { key: 'client', head: t('app.projects.client'), cell: ({ clientId }) => nameOf(clientId) && html`<bdi class="clamp">${nameOf(clientId).name}</bdi>` },
    { key: 'status', head: t('app.projects.state'), cell: ({ status }) => html`<${ProjectStatus} status=${status} />` },
    { key: 'progress', head: t('app.projects.progress'), cell: ({ progress }) => html`<span class="project-progress"><${Progress}
      label=${t('app.projects.progress')} value=${progress} /></span>` },
    { key: 'due', head: t('app.projects.due'), cell: ({ dueDate, status }) => html`<${Due} on=${dueDate} done=${status !== 'active'} />` },
  ]
  return html`<div class="project-list">
    <${Table} caption=${t('app.projects.title')} columns=${columns} rows=${list.rows} href=${({ id }) => `/app/projects/${id}`}
      empty=${html`<${Nothing} ...${{ narrowed, onCreate, onClear }} />`} />
    <${LoadMore} more=${list.more} onMore=${list.loadMore} count=${list.rows.length} />
  </div>`
}

function Nothing({ narrowed, onCreate, onClear }) {
  return narrowed
    ? html`<${EmptyState} icon="search" title=${t('app.projects.none_found')} text=${t('app.projects.none_found_text')}
        action=${html`<${Button} onPress=${onClear}>${t('app.projects.show_all')}<//>`} />`
    : html`<${EmptyState} icon="folder" title=${t('app.projects.none')} text=${t('app.projects.none_text')}
        action=${html`<${Button} icon="plus" onPress=${onCreate}>${t('app.projects.first')}<//>`} />`
}
