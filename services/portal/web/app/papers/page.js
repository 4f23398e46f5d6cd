import { ErrorState } from '../../components/error-state.js'
import { NothingHere } from '../../components/nothing-here.js'
import { Skeleton } from '../../components/skeleton.js'
import { html } from '../../lib/ui.js'

/** Until a paper is here: its shape, or why it does not come; `children(value)` draws it. */
export function PaperPage({ one, home, children }) {
  if (one.phase === 'loading') return html`<${Skeleton} shape="sheet" count=${1} />`
  if (one.phase === 'missing') return html`<${NothingHere} home=${home} />`
  if (one.phase === 'failed') return html`<main id="main" tabindex="-1"><${ErrorState} onRetry=${one.reload} /></main>`
  return children(one.value)
}
