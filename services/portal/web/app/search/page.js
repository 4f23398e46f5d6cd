// What the search finds everywhere, by kind.
import { Bones } from '../../components/bones.js'
import { Chips } from '../../components/chips.js'
import { EmptyState } from '../../components/empty-state.js'
import { ErrorState } from '../../components/error-state.js'
import { NoticeBox } from '../../components/notice.js'
import { PageHead } from '../../components/page-head.js'
import { SearchField } from '../../components/search-field.js'
import { t } from '../../lib/texts.js'
import { html, useEffect, useState } from '../../lib/ui.js'
import { useWait } from '../../lib/use-wait.js'
import { useOne } from '../lib/use-one.js'
import { useQuery } from '../lib/use-query.js'
import { useTitle } from '../lib/use-title.js'
import { byKind } from '../shell/palette/kinds.js'
import { Hits } from './hits.js'

const MOST = 50

export default function SearchPage() {
  const [{ q = '', kind = '' }, change] = useQuery()
  const [text, setText] = useState(q)
  const search = useWait((typed) => change({ q: typed.trim(), kind: '' }))
  useEffect(() => setText((typed) => (typed.trim() === q ? typed : q)), [q])
  useTitle(q ? `${q} · ${t('app.search.title')}` : t('app.search.title'))
  const found = useOne(q ? '/api/search' : null, { q, limit: MOST })
  const type = (typed) => {
    setText(typed)
    search(typed)
  }
  return html`<main id="main" tabindex="-1" class="search-page">
    <${PageHead} title=${t('app.search.title')} />
    <${SearchField} label=${t('app.search.what')} value=${text} onType=${type} maxlength="200" focus=${!q} />
    ${q
      ? html`<${Found} ...${{ found, kind, q }} onKind=${(value) => change({ kind: value })} />`
      : html`<${EmptyState} icon="search" title=${t('app.search.begin')} text=${t('app.search.begin_text')} />`}
  </main>`
}

function Found({ found, kind, q, onKind }) {
  if (found.phase === 'loading') return html`<${Bones} shape="rows" count=${5} />`
  if (found.phase !== 'ready') return html`<${ErrorState} level=${2} onRetry=${found.reload} />`
  const { results, unavailable } = found.value
  const groups = byKind(results)
  const options = [
    { value: '', label: t('app.search.all'), count: results.length },
    ...groups.map((group) => ({ value: group.kind, label: t(`app.search.kinds.${group.kind}`), count: group.hits.length })),
  ]
  // The address may name a kind of which nothing is found, or no longer.
  const chosen = groups.some((group) => group.kind === kind) ? kind : ''
  const shown = groups.filter((group) => !chosen || group.kind === chosen)
  return html`<p class="visually-hidden" role="status">${t('shared.ui.matches', { count: results.length })}</p>
    ${unavailable.length > 0 && html`<${NoticeBox} tone="warning">${t('app.search.unavailable', { kinds: unavailable.map((one) => t(`app.search.kinds.${one}`)).join(', ') })}<//>`}
    ${results.length === 0
      ? html`<${EmptyState} icon="search" title=${t('app.search.none', { q })} text=${t('app.search.none_text')} />`
      : html`<${Chips} label=${t('app.search.by_kind')} options=${options} value=${chosen} onChoose=${onKind} />
          ${shown.map((group) => html`<${Hits} key=${group.kind} ...${group} q=${q} />`)}`}
    ${results.length >= MOST && html`<p class="quiet">${t('app.search.most', { count: MOST })}</p>`}`
}
