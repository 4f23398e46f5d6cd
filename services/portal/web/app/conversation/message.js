import { Avatar } from '../../components/avatar.js'
import { LOCALE } from '../../lib/locale.js'
import { t } from '../../lib/texts.js'
import { html } from '../../lib/ui.js'
import { Attached } from './attached.js'
import { Words } from './words.js'

const TIME = new Intl.DateTimeFormat(LOCALE, { timeStyle: 'short' })
const WHOLE = new Intl.DateTimeFormat(LOCALE, { dateStyle: 'long', timeStyle: 'short' })

/** One message; `follows` when the one before is by the same person and shortly earlier. */
export function Message({ message, internal, follows }) {
  const { author, content, attachments, createdAt } = message
  return html`<li class=${lookOf(author.kind, internal, follows)}>
    ${!follows && html`<${Avatar} name=${author.name} size="medium" />`}
    <div class="talk-said">
      <p class=${follows ? 'visually-hidden' : 'talk-by'}>
        <bdi>${author.name}</bdi> ${author.kind === 'client' && html`<span class="quiet">${t('app.conversation.client')}</span>`}
      </p>
      <div class="talk-bubble">
        <${Words} text=${content} />
        ${attachments.map((id) => html`<${Attached} key=${id} id=${id} />`)}
        <p class="talk-time"><time datetime=${createdAt} title=${WHOLE.format(new Date(createdAt))}>${TIME.format(new Date(createdAt))}</time></p>
      </div>
    </div>
  </li>`
}

export function lookOf(kind, internal, follows) {
  const side = internal ? 'talk-note' : kind === 'client' ? 'talk-theirs' : 'talk-ours'
  return `talk-message ${side}${follows ? ' talk-follows' : ''}`
}
