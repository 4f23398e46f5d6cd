// Settings: the agency's, and one's own.
import { Icon } from '../../components/icon.js'
import { Link } from '../../components/link.js'
import { NothingHere } from '../../components/nothing-here.js'
import { PageHead } from '../../components/page-head.js'
import { t } from '../../lib/texts.js'
import { html } from '../../lib/ui.js'
import { isAdmin } from '../lib/session.js'
import { useTitle } from '../lib/use-title.js'
import { PARTS } from './parts.js'

/** On a phone the list of parts is a page of its own; on a desk it stands beside the part. */
export default function SettingsPage({ part, id }) {
  const open = PARTS.filter(({ admin }) => !admin || isAdmin())
  const shown = part ? open.find(({ key }) => key === part) : open[0]
  useTitle(part && shown ? t(`app.settings.parts.${shown.key}`) : t('app.settings.title'))
  if (!shown) return html`<${NothingHere} home="/app/settings" />`
  return html`<main id="main" tabindex="-1" class=${part ? 'settings settings-part' : 'settings'}>
    <${PageHead} title=${t('app.settings.title')} back=${part ? { to: '/app/settings', name: t('app.settings.all') } : null} />
    <div class="settings-columns">
      <nav class="settings-nav" aria-label=${t('app.settings.title')}>
        <${Group} name="agency" parts=${open.filter(({ mine }) => !mine)} shown=${shown} />
        <${Group} name="mine" parts=${open.filter(({ mine }) => mine)} shown=${shown} />
      </nav>
      <div class="settings-shown"><${shown.Part} key=${shown.key} id=${id} /></div>
    </div>
  </main>`
}

function Group({ name, parts, shown }) {
  return html`<p class="settings-group">${t(`app.settings.groups.${name}`)}</p>
    <ul>
      ${parts.map(({ key, icon }) => html`<li key=${key}>
        <${Link} to=${`/app/settings/${key}`} aria-current=${key === shown.key ? 'page' : undefined}><${Icon} name=${icon} />${t(`app.settings.parts.${key}`)}<//>
      </li>`)}
    </ul>`
}
