// The portal by its link, and what stands there once the link has ended.
import { MessagePage } from '../../components/message-page.js'
import { t } from '../../lib/texts.js'
import { linkDoor } from './doors.js'
import { html, useMemo, useState } from '../../lib/ui.js'
import { Portal } from '../shell/portal.js'

export function LinkPortalPage({ token }) {
  const [ended, setEnded] = useState(token ? null : {})
  const door = useMemo(() => linkDoor(token), [token])
  if (ended) return html`<${EndedPage} slug=${ended.slug} />`
  return html`<${Portal} door=${door} onEnded=${(agency) => setEnded(agency ?? {})} />`
}

/** Whoever has seen the portal before knows whose it is, and can sign in instead; the place is kept. */
function EndedPage({ slug }) {
  return html`<${MessagePage} title=${t('portal.entrance.link_ended')}
    way=${slug && { to: `/portal/${slug}${location.hash}`, name: t('portal.entrance.sign_in_instead') }}>
    ${t('portal.entrance.link_ended_text')}
  <//>`
}
