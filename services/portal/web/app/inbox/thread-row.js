import { Avatar } from '../../components/avatar.js'
import { Icon } from '../../components/icon.js'
import { Link } from '../../components/link.js'
import { When } from '../../components/when.js'
import { t } from '../../lib/texts.js'
import { html } from '../../lib/ui.js'
import { me } from '../lib/session.js'

/** Whose conversation it is, about what, and what was said last. */
export function ThreadRow({ thread, shown, on }) {
  const { client, project, lastMessage, waiting, unanswered, visibility } = thread
  const internal = visibility === 'internal'
  const own = lastMessage.author.id === me.value.user.id
  return html`<${Link} to=${`/app/inbox/${thread.id}${shown && `?show=${shown}`}`} class=${waiting === 'agency' ? 'inbox-row inbox-row-waiting' : 'inbox-row'}
    aria-current=${on ? 'page' : undefined}>
    ${internal ? html`<span class="avatar inbox-lock"><${Icon} name="lock" label=${t('app.inbox.internal')} /></span>` : html`<${Avatar} name=${client.name} />`}
    <span class="inbox-facts">
      <span class="inbox-line"><bdi class="inbox-client one-line">${client.name}</bdi><span class="inbox-when"><${When} at=${lastMessage.createdAt} relative /></span></span>
      <span class="inbox-line"><span class="inbox-about one-line"><bdi>${thread.name}</bdi> · <bdi>${project.name}</bdi></span>
        ${unanswered > 0 && html`<span class="inbox-count" aria-hidden="true">${unanswered}</span><span class="visually-hidden">${t('app.inbox.unanswered', { count: unanswered })}</span>`}
      </span>
      <span class="inbox-said clamp" dir="auto">${own && `${t('app.inbox.you')} `}${lastMessage.excerpt}</span>
    </span>
  <//>`
}
