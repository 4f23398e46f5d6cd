import { EmptyState } from '../../components/empty-state.js'
import { Link } from '../../components/link.js'
import { When } from '../../components/when.js'
import { t } from '../../lib/texts.js'
import { html } from '../../lib/ui.js'
import { isUnread } from '../home/waiting.js'

/** All conversations, with their last words and a dot at those that were not read. */
export function ThreadList({ threads, portal, chosen }) {
  if (threads.length === 0) {
    return html`<${EmptyState} icon="message-square" title=${t('portal.messages.none')} text=${t(portal.snapshot.projects.length > 0 ? 'portal.messages.none_text' : 'portal.messages.no_project')} />`
  }
  return html`<ul class="thread-list">
    ${threads.map((thread) => html`<${Row} key=${thread.id} thread=${thread} portal=${portal} here=${thread.id === chosen} />`)}
  </ul>`
}

function Row({ thread, portal, here }) {
  const last = thread.messages.at(-1)
  const unread = isUnread(thread, portal.seen.messages)
  const mine = last?.author.kind === 'client'
  return html`<li>
    <${Link} to=${`#/messages/${thread.id}`} class=${unread ? 'thread thread-unread' : 'thread'} aria-current=${here ? 'page' : undefined}>
      <span class="thread-top">
        <span class="thread-name" dir="auto">${thread.name}</span>
        ${last && html`<span class="thread-when"><${When} at=${last.createdAt} relative /></span>`}
      </span>
      ${thread.project && html`<span class="thread-project" dir="auto">${thread.project.name}</span>`}
      <span class="thread-last">
        ${!last && html`<span class="quiet">${t('portal.messages.nothing_yet')}</span>`}
        ${last && html`<span class="thread-words">${t(mine ? 'portal.messages.you_said' : 'portal.messages.they_said', { who: html`<bdi>${last.author.name}</bdi>`, words: html`<bdi>${last.content}</bdi>` })}</span>`}
        ${unread && html`<span class="unread-dot"></span><span class="visually-hidden">${t('portal.messages.unread')}</span>`}
      </span>
    <//>
  </li>`
}
