import { Icon } from '../../components/icon.js'
import { Link } from '../../components/link.js'
import { t } from '../../lib/texts.js'
import { html, useId } from '../../lib/ui.js'
import { hintOf, isState } from '../shell/palette/hit-hint.js'
import { ICON_OF, placeOf } from '../shell/palette/kinds.js'
import { Marked } from './marked.js'

/** What was found of one kind. */
export function Hits({ kind, hits, q }) {
  const id = useId()
  return html`<section aria-labelledby=${id}>
    <h2 class="hits-head" id=${id}>${t(`app.search.kinds.${kind}`)}</h2>
    <ul class="hits">
      ${hits.map((hit) => html`<li key=${hit.id}>
        <${Link} class="hit" to=${placeOf(hit)}>
          <${Icon} name=${ICON_OF[kind]} />
          <span class="hit-facts">
            <span class="hit-title" dir="auto"><${Marked} text=${hit.title} q=${q} /></span>
            <span class="quiet clamp" dir="auto"><${Marked} text=${hintOf(hit)} q=${isState(hit) ? '' : q} /></span>
          </span>
          <${Icon} name="chevron-right" />
        <//>
      </li>`)}
    </ul>
  </section>`
}
