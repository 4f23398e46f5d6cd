import { moment, time } from '../../lib/format.js'
import { html } from '../../lib/ui.js'
import { Attachments } from './attachments.js'
import { Words } from './words.js'

/** One message; `follows` when its writer simply goes on. */
export function Message({ message, follows, portal }) {
  const { author, createdAt } = message
  return html`<li class=${`message message-${author.kind} ${follows ? 'message-follows' : ''}`}>
    <p class=${follows ? 'visually-hidden' : 'message-by'}><bdi>${author.name}</bdi></p>
    <div class="message-bubble">
      <${Words} text=${message.content} />
      <${Attachments} ids=${message.attachments} portal=${portal} />
    </div>
    <p class="message-at"><time datetime=${createdAt} title=${moment(createdAt)}>${time(createdAt)}</time></p>
  </li>`
}
