import { moment } from '../../lib/format.js'
import { html } from '../../lib/ui.js'
import { ReplyBox } from './reply-box.js'

/** One thread: its messages, oldest first, and a box to answer in. */
export function Conversation({ thread, project, onWrite }) {
  const messages = thread?.messages ?? []
  return html`<section class="conversation" aria-label=${thread ? `Messages in ${thread.name}` : 'Messages'}>
    ${messages.length === 0 && html`<p class="quiet">No messages yet. Ask anything about ${project.name}.</p>`}
    <ol class="messages" role="log">
      ${messages.map(
        (message) => html`<li key=${message.id} class=${`message message-${message.author.kind}`}>
          <p class="message-by">
            ${message.author.name} <time class="quiet" datetime=${message.createdAt}>${moment(message.createdAt)}</time>
          </p>
          <p class="message-text">${message.content}</p>
        </li>`,
      )}
    </ol>
    <${ReplyBox} name=${thread?.id ?? project.id} onWrite=${(content, key) => onWrite(project, thread, content, key)} />
  </section>`
}
