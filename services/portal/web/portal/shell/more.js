import { Button } from '../../components/button.js'
import { Icon } from '../../components/icon.js'
import { Link } from '../../components/link.js'
import { PageHead } from '../../components/page-head.js'
import { t } from '../../lib/texts.js'
import { html } from '../../lib/ui.js'
import { sectionsOf } from './pages.js'
import { Count } from './top-bar.js'
import { useTitle } from './use-title.js'

const ALREADY_AT_HAND = 4

/** What a phone's bottom edge has no room for. */
export default function MorePage({ portal, onSignOut }) {
  const { settings, client } = portal.snapshot
  useTitle(portal, t('portal.sections.more'))
  const rest = sectionsOf(settings.enabled_modules, portal.waiting).slice(ALREADY_AT_HAND)
  return html`<main id="main" tabindex="-1">
    <${PageHead} title=${t('portal.sections.more')} lead=${t('portal.shell.signed_in_as', { name: html`<bdi>${client.name}</bdi>` })} />
    <ul class="list-card">
      ${rest.map(({ name, to, icon, count }) => html`<li key=${name}>
        <${Link} to=${to} class="list-row">
          <${Icon} name=${icon} /><span class="list-main">${t(`portal.sections.${name}`)}</span><${Count} count=${count} /><${Icon} name="chevron-right" />
        <//>
      </li>`)}
    </ul>
    ${onSignOut && html`<div class="more-out"><${Button} icon="log-out" onPress=${onSignOut}>${t('portal.shell.sign_out')}<//></div>`}
  </main>`
}
