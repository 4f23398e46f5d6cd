// Messages: the threads on one side, a conversation on the other; one at a time on a phone.
import { Button } from '../../components/button.js'
import { EmptyState } from '../../components/empty-state.js'
import { Icon } from '../../components/icon.js'
import { Link } from '../../components/link.js'
import { t } from '../../lib/texts.js'
import { html, useState } from '../../lib/ui.js'
import { MissingSection } from '../shell/missing-section.js'
import { useTitle } from '../shell/use-title.js'
import { Conversation } from './conversation.js'
import { NewThread } from './new-thread.js'
import { ThreadList } from './thread-list.js'
import { threadsInOrder } from './threads.js'

export default function MessagesPage({ id, portal }) {
  const { threads, projects, unavailable } = portal.snapshot
  const [writing, setWriting] = useState(false)
  const ordered = threadsInOrder(threads, projects)
  const thread = ordered.find((one) => one.id === id)
  useTitle(portal, thread?.name, t('portal.sections.messages'))
  const begin = projects.length > 0 && html`<${Button} icon="square-pen" onPress=${() => setWriting(true)}>${t('portal.messages.new')}<//>`
  return html`<main id="main" tabindex="-1" class=${thread ? 'talks talks-open' : 'talks'}>
    <header class="talks-head"><h1>${t('portal.sections.messages')}</h1>${begin}</header>
    ${unavailable.includes('threads') && html`<${MissingSection} section="threads" onRetry=${portal.load} />`}
    ${ordered.length === 0 && !unavailable.includes('threads') && html`<${ThreadList} threads=${ordered} portal=${portal} />`}
    ${ordered.length > 0 &&
    html`<div class="talks-columns">
      <div class="talks-list"><${ThreadList} threads=${ordered} portal=${portal} chosen=${id} /></div>
      <div class="talks-one">
        ${thread && html`<${Link} class="back talks-back" to="#/messages"><${Icon} name="arrow-left" />${t('portal.messages.all')}<//>`}
        ${thread && html`<${Conversation} key=${thread.id} thread=${thread} portal=${portal} withHead />`}
        ${!thread && html`<${EmptyState} icon="message-square" title=${t(id ? 'portal.messages.gone' : 'portal.messages.choose')} />`}
      </div>
    </div>`}
    <${NewThread} open=${writing} portal=${portal} onClose=${() => setWriting(false)} />
  </main>`
}
