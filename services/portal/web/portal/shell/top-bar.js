import { html } from '../../lib/ui.js'
import { Button } from '../../components/button.js'
import { Link } from '../../components/link.js'
import { Logo } from '../../components/logo.js'

export function TopBar({ snapshot, page, onSignOut }) {
  const here = (name) => (page.name === name ? 'page' : undefined)
  const { settings, agency, client } = snapshot
  return html`<header class="top-bar">
    <a class="skip" href="#main" onClick=${skip}>Skip to the content</a>
    <div class="top-bar-row">
      <${Link} to="#/" class="portal-home"><${Logo} settings=${settings} name=${settings.portal_name || agency.name} /><//>
      <nav aria-label="Sections">
        <${Link} to="#/" aria-current=${here('home')}>Home<//>
        ${settings.enabled_modules.includes('invoices') &&
        html`<${Link} to="#/invoices" aria-current=${here('invoices')}>Invoices<//>`}
      </nav>
      <span class="client-name" dir="auto">${client.name}</span>
      ${onSignOut && html`<${Button} kind="plain" onPress=${onSignOut}>Sign out<//>`}
    </div>
  </header>`
}

function skip(event) {
  event.preventDefault()
  document.getElementById('main')?.focus()
}
