import { Button } from '../../components/button.js'
import { t } from '../../lib/texts.js'
import { html, useState } from '../../lib/ui.js'
import { Conversation } from '../messages/conversation.js'
import { NewThread } from '../messages/new-thread.js'
import { ThreadList } from '../messages/thread-list.js'
import { threadsInOrder } from '../messages/threads.js'
import { MissingSection } from '../shell/missing-section.js'

/** A project's conversations; where there is only one, it is on show at once. */
export function ProjectMessages({ project, portal }) {
  const { threads, unavailable } = portal.snapshot
  const [writing, setWriting] = useState(false)
  if (unavailable.includes('threads')) return html`<${MissingSection} section="threads" onRetry=${portal.load} />`
  // Without their project, which is where one is.
  const mine = threadsInOrder(threads.filter(({ projectId }) => projectId === project.id), [])
  return html`<div class="project-talks">
    <p class="project-talks-head"><${Button} icon="square-pen" onPress=${() => setWriting(true)}>${t('portal.messages.new')}<//></p>
    ${mine.length === 1
      ? html`<div class="talks-one"><${Conversation} key=${mine[0].id} thread=${mine[0]} portal=${portal} /></div>`
      : html`<div class="talks-list"><${ThreadList} threads=${mine} portal=${portal} /></div>`}
    <${NewThread} open=${writing} portal=${portal} projectId=${project.id} onClose=${() => setWriting(false)} />
  </div>`
}
