// The intake forms of the agency.
import { Badge } from '../../components/badge.js'
import { Bones } from '../../components/bones.js'
import { EmptyState } from '../../components/empty-state.js'
import { ErrorState } from '../../components/error-state.js'
import { LinkButton } from '../../components/link-button.js'
import { LoadMore } from '../../components/load-more.js'
import { PageHead } from '../../components/page-head.js'
import { Table } from '../../components/table.js'
import { number } from '../../lib/format.js'
import { t } from '../../lib/texts.js'
import { html } from '../../lib/ui.js'
import { isAdmin } from '../lib/session.js'
import { useList } from '../lib/use-list.js'
import { useTitle } from '../lib/use-title.js'
import { isRemoved, useRemovals } from '../papers/removing.js'

export default function FormsPage() {
  useTitle(t('app.leads.forms'))
  const list = useList('/api/intake-forms', { limit: 50 })
  useRemovals(list.reload)
  const create = isAdmin() && html`<${LinkButton} kind="primary" icon="plus" to="/app/leads/forms/new">${t('app.leads.new_form')}<//>`
  return html`<main id="main" tabindex="-1">
    <${PageHead} title=${t('app.leads.forms')} back=${{ to: '/app/leads', name: t('app.leads.title') }} actions=${create} />
    <${Found} list=${list} />
  </main>`
}

function Found({ list }) {
  const first = isAdmin() && html`<${LinkButton} icon="plus" to="/app/leads/forms/new">${t('app.leads.new_form')}<//>`
  if (list.phase === 'loading') return html`<${Bones} shape="rows" count=${3} />`
  if (list.phase === 'failed' && list.rows.length === 0) return html`<${ErrorState} level=${2} onRetry=${list.reload} />`
  const columns = [
    { key: 'name', head: t('app.leads.form_name'), primary: true, cell: ({ name }) => html`<bdi class="clamp">${name}</bdi>` },
    { key: 'fields', head: t('app.leads.questions'), align: 'end', cell: ({ fields }) => number(fields.length) },
    { key: 'state', head: t('app.leads.state'), cell: ({ active }) => html`<${Badge} tone=${active ? 'success' : 'neutral'}>${t(active ? 'app.leads.open' : 'app.leads.closed')}<//>` },
  ]
  const rows = list.rows.filter(({ id }) => !isRemoved(`/api/intake-forms/${id}`))
  return html`<${Table} caption=${t('app.leads.forms')} columns=${columns} rows=${rows} href=${({ id }) => `/app/leads/forms/${id}`}
      empty=${html`<${EmptyState} icon="list" title=${t('app.leads.no_forms')} text=${t('app.leads.no_forms_text')} action=${first || null} />`} />
    <${LoadMore} more=${list.more} onMore=${list.loadMore} count=${list.rows.length} />`
}
