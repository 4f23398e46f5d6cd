import { Badge } from '../../components/badge.js'
import { Button } from '../../components/button.js'
import { Card } from '../../components/card.js'
import { ErrorState } from '../../components/error-state.js'
import { Icon } from '../../components/icon.js'
import { When } from '../../components/when.js'
import { t } from '../../lib/texts.js'
import { html } from '../../lib/ui.js'
import { deviceOf } from './device.js'
import { useSessions } from './use-sessions.js'

/** Where the client is signed in, and the way out: here, elsewhere or everywhere else. */
export function SessionList({ portal, onSignOut }) {
  const { sessions, phase, load, end, endOthers } = useSessions(portal)
  const others = sessions.filter(({ current }) => !current)
  const actions = html`${others.length > 1 && html`<${Button} onPress=${endOthers}>${t('portal.profile.end_others')}<//>`}
    ${onSignOut && html`<${Button} icon="log-out" onPress=${onSignOut}>${t('portal.shell.sign_out')}<//>`}`
  return html`<${Card} title=${t('portal.profile.sessions')} actions=${actions}>
    ${!onSignOut && html`<p class="quiet">${t('portal.profile.by_link')}</p>`}
    ${phase === 'failed' && html`<${ErrorState} level=${3} onRetry=${load} />`}
    ${phase === 'ready' && sessions.length === 0 && onSignOut && html`<p class="quiet">${t('portal.profile.no_sessions')}</p>`}
    <ul class="session-list">
      ${sessions.map((one) => html`<${Session} key=${one.id} session=${one} onEnd=${() => end(one)} />`)}
    </ul>
  <//>`
}

function Session({ session, onEnd }) {
  const { name, small } = deviceOf(session.userAgent)
  const device = name || t('portal.profile.unknown_device')
  return html`<li class="session">
    <${Icon} name=${small ? 'smartphone' : 'monitor'} />
    <span class="session-what">
      <span><bdi>${device}</bdi> ${session.current && html`<${Badge} tone="success">${t('portal.profile.this_one')}<//>`}</span>
      <span class="quiet">${t('portal.profile.last_seen', { when: html`<${When} at=${session.refreshedAt} relative />` })}</span>
    </span>
    ${!session.current && html`<${Button} aria-label=${t('portal.profile.end_this', { device })} onPress=${onEnd}>${t('portal.profile.end')}<//>`}
  </li>`
}
