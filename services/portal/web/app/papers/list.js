import { Bones } from '../../components/bones.js'
import { Chips } from '../../components/chips.js'
import { EmptyState } from '../../components/empty-state.js'
import { ErrorState } from '../../components/error-state.js'
import { LoadMore } from '../../components/load-more.js'
import { SearchField } from '../../components/search-field.js'
import { Table } from '../../components/table.js'
import { t } from '../../lib/texts.js'
import { html, useEffect, useState } from '../../lib/ui.js'
import { useWait } from '../../lib/use-wait.js'
import { ClientFilter } from './client-filter.js'

/**
 * A list with its filters: `states` ([{value, label}], the first of them is all), words, a client; what is chosen stands in
 * the address (`query`, `onQuery`). `empty` is shown where there is nothing at all.
 */
export function PaperList({ list, query, onQuery, states, searchLabel, caption, columns, href, empty }) {
  const isFiltered = Boolean(query.state || query.q || query.clientId)
  return html`<div class="list-filters">
      ${states && html`<${Chips} label=${t('app.papers.state')} options=${states} value=${query.state ?? ''} onChoose=${(state) => onQuery({ state })} />`}
      <div class="list-finding">
        ${searchLabel && html`<${Search} label=${searchLabel} value=${query.q ?? ''} onSearch=${(q) => onQuery({ q })} />`}
        <${ClientFilter} clientId=${query.clientId} onChoose=${(clientId) => onQuery({ clientId })} />
      </div>
    </div>
    <${Rows} ...${{ list, caption, columns, href }} empty=${isFiltered ? html`<${NoMatch} onClear=${() => onQuery({ state: null, q: null, clientId: null })} />` : empty} />`
}

function Rows({ list, caption, columns, href, empty }) {
  if (list.phase === 'loading') return html`<${Bones} shape="rows" count=${6} />`
  if (list.phase === 'failed') return html`<${ErrorState} level=${2} onRetry=${list.reload} />`
  return html`<${Table} ...${{ caption, columns, href, empty }} rows=${list.rows} />
    <${LoadMore} more=${list.more} onMore=${list.loadMore} count=${list.rows.length} />`
}

function NoMatch({ onClear }) {
  return html`<${EmptyState} icon="search" title=${t('app.papers.no_match')}
    action=${html`<button type="button" class="button button-quiet" onClick=${onClear}>${t('app.papers.show_all')}</button>`} />`
}

/** Asks once there was a pause in typing. */
function Search({ label, value, onSearch }) {
  const [text, setText] = useState(value)
  const searchSoon = useWait(onSearch)
  useEffect(() => {
    if (!value) setText('')
  }, [value])
  const type = (typed) => {
    setText(typed)
    searchSoon(typed.trim())
  }
  return html`<${SearchField} label=${label} value=${text} onType=${type} />`
}
