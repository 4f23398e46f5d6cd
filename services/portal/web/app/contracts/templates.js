// Texts that contracts are made of.
import { Bones } from '../../components/bones.js'
import { EmptyState } from '../../components/empty-state.js'
import { ErrorState } from '../../components/error-state.js'
import { LinkButton } from '../../components/link-button.js'
import { LoadMore } from '../../components/load-more.js'
import { PageHead } from '../../components/page-head.js'
import { Table } from '../../components/table.js'
import { When } from '../../components/when.js'
import { t } from '../../lib/texts.js'
import { html } from '../../lib/ui.js'
import { useList } from '../lib/use-list.js'
import { useTitle } from '../lib/use-title.js'
import { isRemoved, useRemovals } from '../papers/removing.js'

export default function TemplatesPage() {
  useTitle(t('app.contracts.templates'))
  const list = useList('/api/contract-templates', { limit: 50 })
  useRemovals(list.reload)
  const create = html`<${LinkButton} kind="primary" icon="plus" to="/app/contracts/templates/new">${t('app.contracts.new_template')}<//>`
  return html`<main id="main" tabindex="-1">
    <${PageHead} title=${t('app.contracts.templates')} back=${{ to: '/app/contracts', name: t('app.contracts.title') }} actions=${create} />
    <${Found} list=${list} />
  </main>`
}

function Found({ list }) {
  const first = html`<${LinkButton} icon="plus" to="/app/contracts/templates/new">${t('app.contracts.new_template')}<//>`
  if (list.phase === 'loading') return html`<${Bones} shape="rows" count=${3} />`
  if (list.phase === 'failed' && list.rows.length === 0) return html`<${ErrorState} level=${2} onRetry=${list.reload} />`
  const columns = [
    { key: 'name', head: t('app.contracts.template_name'), primary: true, cell: ({ name }) => html`<bdi class="clamp">${name}</bdi>` },
    { key: 'title', head: t('app.contracts.name'), cell: ({ title }) => html`<bdi class="clamp">${title}</bdi>` },
    { key: 'changed', head: t('app.contracts.changed'), cell: ({ updatedAt }) => html`<${When} at=${updatedAt} relative />` },
  ]
  const rows = list.rows.filter(({ id }) => !isRemoved(`/api/contract-templates/${id}`))
  return html`<${Table} caption=${t('app.contracts.templates')} columns=${columns} rows=${rows} href=${({ id }) => `/app/contracts/templates/${id}`}
      empty=${html`<${EmptyState} icon="file-text" title=${t('app.contracts.no_templates')} text=${t('app.contracts.no_templates_text')} action=${first} />`} />
    <${LoadMore} more=${list.more} onMore=${list.loadMore} count=${list.rows.length} />`
}
