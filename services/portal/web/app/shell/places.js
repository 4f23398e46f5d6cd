import { Icon } from '../../components/icon.js'
import { Link } from '../../components/link.js'
import { t } from '../../lib/texts.js'
import { html } from '../../lib/ui.js'
import { isIn, SECTIONS } from './sections.js'

const MOST_SHOWN = 99

/** The sections; the inbox says how many conversations wait there. */
export function Places({ path, waiting, onGo }) {
  return html`<nav class="places" aria-label=${t('app.shell.sections')}>
    <ul>
      ${SECTIONS.map((section) => html`<li key=${section.to}>
        <${Link} class="place" to=${section.to} aria-current=${isIn(section, path) ? 'page' : undefined} onClickCapture=${onGo}>
          <${Icon} name=${section.icon} /><span class="place-name">${t(section.name)}</span>
          ${section.to === '/app/inbox' && waiting > 0 && html`<${Count} count=${waiting} />`}
        <//>
      </li>`)}
    </ul>
  </nav>`
}

function Count({ count }) {
  return html`<span class="place-count" aria-hidden="true">${count > MOST_SHOWN ? `${MOST_SHOWN}+` : count}</span>
    <span class="visually-hidden">${t('app.shell.waiting', { count })}</span>`
}
