// The head of every page: whose portal it is, and its sections, which stand at the bottom edge of a phone.
import { Avatar } from '../../components/avatar.js'
import { Button } from '../../components/button.js'
import { Icon } from '../../components/icon.js'
import { Link } from '../../components/link.js'
import { Logo } from '../../components/logo.js'
import { t } from '../../lib/texts.js'
import { html } from '../../lib/ui.js'
import { countOf } from '../home/waiting.js'
import { pageAt, sectionsOf } from './pages.js'

// A phone has room for five, the last of which leads to the rest.
const ON_A_PHONE = 4

export function TopBar({ portal, section, onSignOut }) {
  const { settings, agency, client } = portal.snapshot
  const sections = sectionsOf(settings.enabled_modules, portal.waiting)
  const atHand = sections.slice(0, ON_A_PHONE).map(({ name }) => name)
  const countOfRest = sections.slice(ON_A_PHONE).reduce((sum, { count }) => sum + count, 0)
  return html`<header class="top-bar">
    <a class="skip" href="#main" onClick=${skip}>${t('shared.skip')}</a>
    <div class="top-bar-row">
      <${Link} to="#/" class="portal-home"><${Logo} settings=${settings} name=${settings.portal_name || agency.name} /><//>
      <nav class="sections" aria-label=${t('portal.shell.sections')}>
        ${sections.map((one) => html`<${Section} key=${one.name} ...${one} here=${one.name === section}
          count=${one.name === 'home' ? countOf(portal.waiting) : one.count} far=${!atHand.includes(one.name)} />`)}
        <${Section} name="more" to="#/more" icon="menu" here=${Boolean(section) && !atHand.includes(section)} count=${countOfRest} only="phone" />
      </nav>
      <${Who} client=${client} modules=${settings.enabled_modules} />
      ${onSignOut && html`<span class="sign-out"><${Button} kind="plain" onPress=${onSignOut}>${t('portal.shell.sign_out')}<//></span>`}
    </div>
  </header>`
}

function Section({ name, to, icon, count = 0, short = false, here, far = false, only = '' }) {
  const look = ['section', far && 'section-far', only && `section-${only}`].filter(Boolean).join(' ')
  const called = t(`portal.sections.${name}`)
  return html`<${Link} to=${to} class=${look} aria-current=${here ? 'page' : undefined}>
    <span class="section-icon"><${Icon} name=${icon} /></span>
    ${short
      ? html`<span class="section-name">${called}</span><span class="section-short" aria-hidden="true">${t(`portal.sections_short.${name}`)}</span>`
      : html`<span class="section-name">${called}</span>`}
    <${Count} count=${count} />
  <//>`
}

/** How many things of a section wait for the client. */
export function Count({ count }) {
  return count > 0 && html`<span class="section-count" aria-hidden="true">${count > 99 ? '99+' : count}</span>
    <span class="visually-hidden">${t('portal.shell.waiting_there', { count })}</span>`
}

function Who({ client, modules }) {
  const inside = html`<${Avatar} name=${client.name} size="small" /><span class="client-name" dir="auto">${client.name}</span>`
  return pageAt('profile', modules)
    ? html`<${Link} class="who" to="#/profile">${inside}<//>`
    : html`<span class="who">${inside}</span>`
}

function skip(event) {
  event.preventDefault()
  document.getElementById('main')?.focus()
}
