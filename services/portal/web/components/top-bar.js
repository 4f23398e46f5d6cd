import { html } from '../lib/ui.js'
import { Link } from './link.js'

export function TopBar({ snapshot, page }) {
  const here = (name) => (page.name === name ? 'page' : undefined)
  const { settings, agency, client } = snapshot
  return html`<header class="top-bar">
    <a class="skip" href="#main" onClick=${skip}>Skip to the content</a>
    <div class="top-bar-row">
      <${Link} to="#/" class="portal-name">${settings.portal_name || agency.name}<//>
      <nav aria-label="Sections">
        <${Link} to="#/" aria-current=${here('home')}>Home<//>
        ${settings.enabled_modules.includes('invoices') &&
        html`<${Link} to="#/invoices" aria-current=${here('invoices')}>Invoices<//>`}
      </nav>
      <span class="client-name">${client.name}</span>
    </div>
  </header>`
}

function skip(event) {
  event.preventDefault()
  document.getElementById('main')?.focus()
}
