// The frame around every page of the dashboard: where one can go, and what one can do from anywhere.
import { Link } from '../../components/link.js'
import { Toasts } from '../../components/toasts.js'
import { t } from '../../lib/texts.js'
import { html } from '../../lib/ui.js'
import { SECTIONS } from './sections.js'

export function Shell({ path, children }) {
  return html`<div class="shell">
    <a class="skip" href="#main">${t('shared.skip')}</a>
    <nav class="sidebar" aria-label=${t('app.shell.sections')}>
      <ul>
        ${SECTIONS.map(({ to, name }) => html`<li key=${to}><${Link} to=${to} aria-current=${isHere(to, path) ? 'page' : undefined}>${t(name)}<//></li>`)}
      </ul>
    </nav>
    <div class="shell-page">
      <${Toasts} />
      ${children}
    </div>
  </div>`
}

const isHere = (to, path) => (to === '/app' ? path === to : path.startsWith(to))
