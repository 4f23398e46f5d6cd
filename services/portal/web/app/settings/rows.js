import { Bones } from '../../components/bones.js'
import { ErrorState } from '../../components/error-state.js'
import { LoadMore } from '../../components/load-more.js'
import { html } from '../../lib/ui.js'

/** The rows of a list in a card, or why there are none. */
export function Rows({ list, empty, children }) {
  if (list.phase === 'loading') return html`<${Bones} shape="rows" count=${2} />`
  if (list.phase === 'failed' && list.rows.length === 0) return html`<${ErrorState} level=${3} onRetry=${list.reload} />`
  if (list.rows.length === 0) return html`<p class="quiet">${empty}</p>`
  return html`<ul class="settings-rows">${children}</ul><${LoadMore} more=${list.more} onMore=${list.loadMore} count=${list.rows.length} />`
}
