import { Bones } from '../../components/bones.js'
import { Card } from '../../components/card.js'
import { ErrorState } from '../../components/error-state.js'
import { Link } from '../../components/link.js'
import { t } from '../../lib/texts.js'
import { html } from '../../lib/ui.js'

/** The latest of a list on a page about something else; `all` is the address of the whole list. */
export function Section({ title, list, all, empty, children }) {
  const way = all && list.rows.length > 0 && html`<${Link} to=${all}>${t('app.clients.all')}<//>`
  return html`<${Card} title=${title} actions=${way || null}>
    ${list.phase === 'loading' && html`<${Bones} shape="rows" count=${2} />`}
    ${list.phase === 'failed' && list.rows.length === 0 && html`<${ErrorState} level=${3} onRetry=${list.reload} />`}
    ${list.phase === 'ready' && list.rows.length === 0 && html`<p class="quiet">${empty}</p>`}
    ${list.rows.length > 0 && children}
  <//>`
}
