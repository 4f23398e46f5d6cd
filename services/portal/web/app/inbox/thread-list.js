import { Bones } from '../../components/bones.js'
import { EmptyState } from '../../components/empty-state.js'
import { ErrorState } from '../../components/error-state.js'
import { LinkButton } from '../../components/link-button.js'
import { LoadMore } from '../../components/load-more.js'
import { t } from '../../lib/texts.js'
import { html } from '../../lib/ui.js'
import { ThreadRow } from './thread-row.js'

/** Conversations, the one with the newest message first; up and down go from one to the next. */
export function ThreadList({ list, shown, id }) {
  if (list.phase === 'loading') return html`<${Bones} shape="rows" count=${5} />`
  if (list.phase === 'failed') return html`<${ErrorState} level=${2} onRetry=${list.reload} />`
  if (list.rows.length === 0) return html`<${Nothing} shown=${shown} />`
  return html`<ul class="inbox-threads" aria-label=${t('app.inbox.conversations')} onKeyDown=${move}>
      ${list.rows.map((thread) => html`<li key=${thread.id}><${ThreadRow} ...${{ thread, shown }} on=${thread.id === id} /></li>`)}
    </ul>
    <${LoadMore} more=${list.more} onMore=${list.loadMore} />`
}

function Nothing({ shown }) {
  const action = shown === 'all' ? null : html`<${LinkButton} to="/app/inbox?show=all">${t('app.inbox.show_all')}<//>`
  const kind = shown || 'agency'
  return html`<${EmptyState} icon=${kind === 'agency' ? 'check-check' : 'inbox'} title=${t(`app.inbox.none.${kind}`)} text=${t(`app.inbox.none_text.${kind}`)} action=${action} />`
}

function move(event) {
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key]
  if (!step) return
  const rows = [...event.currentTarget.querySelectorAll('a')]
  event.preventDefault()
  rows[rows.indexOf(event.target) + step]?.focus()
}
