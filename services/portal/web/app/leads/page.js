// Who has written through an intake form, and what has become of it.
import { Bones } from '../../components/bones.js'
import { Button } from '../../components/button.js'
import { Chips } from '../../components/chips.js'
import { EmptyState } from '../../components/empty-state.js'
import { ErrorState } from '../../components/error-state.js'
import { LinkButton } from '../../components/link-button.js'
import { LoadMore } from '../../components/load-more.js'
import { PageHead } from '../../components/page-head.js'
import { SearchField } from '../../components/search-field.js'
import { Table } from '../../components/table.js'
import { When } from '../../components/when.js'
import { t } from '../../lib/texts.js'
import { html, useEffect, useState } from '../../lib/ui.js'
import { useWait } from '../../lib/use-wait.js'
import { useLive } from '../lib/live.js'
import { useList } from '../lib/use-list.js'
import { useQuery } from '../lib/use-query.js'
import { useTitle } from '../lib/use-title.js'
import { isRemoved, useRemovals } from '../papers/removing.js'
import { LeadState, STATES } from './states.js'

export default function LeadsPage() {
  useTitle(t('app.leads.title'))
  const [{ show = '', q = '' }, change] = useQuery()
  const list = useList('/api/leads', { status: STATES.includes(show) ? show : '', spam: show === 'spam', q, limit: 50 })
  useLive(['lead.'], list.reload)
  useRemovals(list.reload)
  const options = [
    { value: '', label: t('app.leads.all') },
    ...STATES.map((value) => ({ value, label: t(`app.leads.states.${value}`) })),
    { value: 'spam', label: t('app.leads.spam') },
  ]
  const action = html`<${LinkButton} icon="list" to="/app/leads/forms">${t('app.leads.forms')}<//>`
  return html`<main id="main" tabindex="-1">
    <${PageHead} title=${t('app.leads.title')} actions=${action} />
    <div class="list-filters">
      <${Chips} label=${t('app.leads.by_state')} options=${options} value=${show} onChoose=${(value) => change({ show: value })} />
      <div class="list-finding"><${Finder} q=${q} onFind=${(next) => change({ q: next })} /></div>
    </div>
    <${Found} list=${list} narrowed=${Boolean(show || q)} onClear=${() => change({ show: '', q: '' })} />
  </main>`
}

function Finder({ q, onFind }) {
  const [text, setText] = useState(q)
  const find = useWait(onFind)
  useEffect(() => setText(q), [q])
  const type = (next) => {
    setText(next)
    find(next)
  }
  return html`<${SearchField} label=${t('app.leads.search')} value=${text} onType=${type} />`
}

function Found({ list, narrowed, onClear }) {
  if (list.phase === 'loading') return html`<${Bones} shape="rows" count=${6} />`
  if (list.phase === 'failed' && list.rows.length === 0) return html`<${ErrorState} level=${2} onRetry=${list.reload} />`
  const columns = [
    { key: 'name', head: t('app.leads.name'), primary: true, cell: ({ name }) => html`<bdi class="clamp">${name}</bdi>` },
    { key: 'message', head: t('app.leads.message'), cell: ({ message }) => html`<span class="clamp" dir="auto">${message}</span>` },
    { key: 'form', head: t('app.leads.form'), cell: ({ formName }) => html`<span class="list-cell"><bdi class="clamp">${formName}</bdi></span>` },
    { key: 'state', head: t('app.leads.state'), cell: (lead) => html`<${LeadState} lead=${lead} />` },
    { key: 'at', head: t('app.leads.received'), cell: ({ createdAt }) => html`<${When} at=${createdAt} relative />` },
  ]
  const rows = list.rows.filter(({ id }) => !isRemoved(`/api/leads/${id}`))
  return html`<${Table} caption=${t('app.leads.title')} columns=${columns} rows=${rows} href=${({ id }) => `/app/leads/${id}`}
      empty=${html`<${Nothing} narrowed=${narrowed} onClear=${onClear} />`} />
    <${LoadMore} more=${list.more} onMore=${list.loadMore} count=${list.rows.length} />`
}

function Nothing({ narrowed, onClear }) {
  return narrowed
    ? html`<${EmptyState} icon="search" title=${t('app.leads.none_found')} action=${html`<${Button} onPress=${onClear}>${t('app.leads.show_all')}<//>`} />`
    : html`<${EmptyState} icon="user-plus" title=${t('app.leads.none')} text=${t('app.leads.none_text')}
        action=${html`<${LinkButton} icon="list" to="/app/leads/forms">${t('app.leads.to_forms')}<//>`} />`
}
