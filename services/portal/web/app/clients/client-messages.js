import { Badge } from '../../components/badge.js'
import { Link } from '../../components/link.js'
import { When } from '../../components/when.js'
import { t } from '../../lib/texts.js'
import { html } from '../../lib/ui.js'
import { useLive } from '../lib/live.js'
import { useList } from '../lib/use-list.js'
import { Section } from './section.js'

const SHOWN = 5

/** What was last said in the client's projects. */
export function ClientMessages({ client }) {
  const list = useList('/api/threads', { clientId: client.id, limit: SHOWN })
  useLive(['message.'], list.reload)
  return html`<${Section} title=${t('app.clients.messages')} list=${list} all="/app/inbox" empty=${t('app.clients.no_messages')}>
    <ul class="client-rows">
      ${list.rows.map((thread) => html`<li key=${thread.id}>
        <span class="client-row-name">
          <${Link} to=${`/app/inbox/${thread.id}`} dir="auto">${thread.name}<//>
          <span class="quiet clamp" dir="auto">${thread.lastMessage.author.name}: ${thread.lastMessage.excerpt}</span>
        </span>
        ${thread.waiting === 'agency' && html`<${Badge} tone="warning">${t('app.clients.waits_for_you')}<//>`}
        <span class="quiet"><${When} at=${thread.lastMessageAt} relative /></span>
      </li>`)}
    </ul>
  <//>`
}
