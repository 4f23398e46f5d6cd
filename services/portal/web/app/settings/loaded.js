import { Bones } from '../../components/bones.js'
import { ErrorState } from '../../components/error-state.js'
import { html } from '../../lib/ui.js'

/** Until what a part is about is here: its shape, or a way to ask again; `children(value)` draws it. */
export function Loaded({ one, count = 3, children }) {
  if (one.phase === 'loading') return html`<${Bones} shape="fields" count=${count} />`
  if (one.phase !== 'ready') return html`<${ErrorState} level=${2} onRetry=${one.reload} />`
  return children(one.value)
}
