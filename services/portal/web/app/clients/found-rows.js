import { Bones } from '../../components/bones.js'
import { Button } from '../../components/button.js'
import { EmptyState } from '../../components/empty-state.js'
import { ErrorState } from '../../components/error-state.js'
import { LoadMore } from '../../components/load-more.js'
import { t } from '../../lib/texts.js'
import { html } from '../../lib/ui.js'

/** What was found of a kind (`clients`, `companies`), or why there is nothing to show. */
export function FoundRows({ list, kind, icon, narrowed, onCreate, onClear, children }) {
  if (list.phase === 'loading') return html`<${Bones} shape="rows" count=${6} />`
  if (list.phase === 'failed' && list.rows.length === 0) return html`<${ErrorState} level=${2} onRetry=${list.reload} />`
  if (list.rows.length === 0 && narrowed) {
    return html`<${EmptyState} icon="search" title=${t('app.clients.none_found')} text=${t('app.clients.none_found_text')}
      action=${html`<${Button} onPress=${onClear}>${t('app.clients.show_all')}<//>`} />`
  }
  if (list.rows.length === 0) {
    return html`<${EmptyState} icon=${icon} title=${t(`app.clients.no_${kind}`)} text=${t(`app.clients.no_${kind}_text`)}
      action=${html`<${Button} icon="plus" onPress=${onCreate}>${t(`app.clients.new_${kind}`)}<//>`} />`
  }
  return html`${children}<${LoadMore} more=${list.more} onMore=${list.loadMore} count=${list.rows.length} />`
}
