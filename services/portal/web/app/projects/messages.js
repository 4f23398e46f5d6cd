// What is written about a project: threads with its client, and notes among colleagues.
import { Badge } from '../../components/badge.js'
import { Bones } from '../../components/bones.js'
import { Button } from '../../components/button.js'
import { EmptyState } from '../../components/empty-state.js'
import { ErrorState } from '../../components/error-state.js'
import { LoadMore } from '../../components/load-more.js'
import { When } from '../../components/when.js'
import { t } from '../../lib/texts.js'
import { html, useState } from '../../lib/ui.js'
import { Conversation } from '../conversation/conversation.js'
import { useLive } from '../lib/live.js'
import { useList } from '../lib/use-list.js'
import { useQuery } from '../lib/use-query.js'
import { NewThread } from './new-thread.js'

export default function Messages({ project, client }) {
  const list = useList(`/api/projects/${project.id}/threads`, { limit: 50 })
  const [{ thread: chosen = '' }, change] = useQuery()
  const [opening, setOpening] = useState(false)
  useLive(['message.'], ({ data }) => data.projectId === project.id && list.reload())
  const threads = [...list.rows].sort((one, other) => (other.lastMessageAt ?? other.createdAt).localeCompare(one.lastMessageAt ?? one.createdAt))
  const thread = threads.find(({ id }) => id === chosen) ?? threads[0]
  if (list.phase === 'loading') return html`<${Bones} shape="rows" count=${4} />`
  if (list.phase === 'failed') return html`<${ErrorState} level=${2} onRetry=${list.reload} />`
  const begin = html`<${Button} icon="plus" onPress=${() => setOpening(true)}>${t('app.projects.new_thread')}<//>`
  const opened = (made) => {
    list.add(made)
    change({ thread: made.id })
  }
  return html`<div class="project-talks">
    <div class="thread-side">
      ${begin}
      <ul class="thread-list" aria-label=${t('app.projects.threads')}>
        ${threads.map((one) => html`<li key=${one.id}><${Thread} thread=${one} on=${one.id === thread?.id} onOpen=${() => change({ thread: one.id })} /></li>`)}
      </ul>
      <${LoadMore} more=${list.more} onMore=${list.loadMore} />
    </div>
    ${thread
      ? html`<div class="thread-open"><${Conversation} thread=${{ ...thread, projectId: project.id, client }} head=${html`<h2
        class="thread-title" dir="auto">${thread.name}</h2>`} onSent=${list.reload} /></div>`
      : html`<${EmptyState} icon="message-square" title=${t('app.projects.no_threads')} text=${t('app.projects.no_threads_text')} />`}
    <${NewThread} open=${opening} project=${project} onDone=${opened} onClose=${() => setOpening(false)} />
  </div>`
}

function Thread({ thread, on, onOpen }) {
  return html`<button type="button" class="thread" aria-current=${on ? 'true' : undefined} onClick=${onOpen}>
    <bdi class="clamp">${thread.name}</bdi>
    <span class="thread-facts">
      ${thread.visibility === 'internal' && html`<${Badge} tone="warning">${t('app.files.internal')}<//>`}
      <span class="quiet">${thread.lastMessageAt ? html`<${When} at=${thread.lastMessageAt} relative />` : t('app.projects.nothing_written')}</span>
    </span>
  </button>`
}
