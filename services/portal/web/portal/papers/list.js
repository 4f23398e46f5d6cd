import { LoadMore } from '../../components/load-more.js'
import { html, useState } from '../../lib/ui.js'
import { PaperRow } from './paper-row.js'

const FIRST = 25

/** Papers in a list. A long one opens by and by; everything is here already. */
export function List({ title, rows }) {
  const [shown, setShown] = useState(FIRST)
  return html`<section aria-label=${title || undefined}>
    ${title && html`<h2>${title}</h2>`}
    <ul class="list-card">${rows.slice(0, shown).map((row) => html`<${PaperRow} key=${row.id} ...${row} />`)}</ul>
    <${LoadMore} more=${rows.length > shown} onMore=${() => setShown(shown + FIRST)} count=${Math.min(shown, rows.length)} />
  </section>`
}
