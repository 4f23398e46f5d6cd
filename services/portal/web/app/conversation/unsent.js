import { Button } from '../../components/button.js'
import { Icon } from '../../components/icon.js'
import { t } from '../../lib/texts.js'
import { html } from '../../lib/ui.js'
import { explain } from '../../lib/words.js'
import { me } from '../lib/session.js'
import { FileChip } from './file-chip.js'
import { lookOf } from './message.js'
import { Words } from './words.js'

/** A message of one's own that is on its way, or did not get through and can be sent again. */
export function Unsent({ one, internal, onRetry, onDiscard }) {
  const failed = one.phase === 'failed'
  return html`<li class=${`${lookOf('member', internal, true)} talk-unsent`}>
    <div class="talk-said">
      <p class="visually-hidden"><bdi>${me.value?.user?.name}</bdi></p>
      <div class="talk-bubble">
        <${Words} text=${one.content} />
        ${one.attachments.map((file) => html`<${FileChip} key=${file.id} file=${file} />`)}
        ${!failed && html`<p class="talk-time">${t('app.conversation.sending')}</p>`}
      </div>
      ${failed && html`<div class="talk-failed" role="alert">
        <p class="complaint"><${Icon} name="circle-alert" /> ${one.refusal ? explain(one.refusal) : t('app.conversation.not_sent')}</p>
        <${Button} kind="plain" onPress=${onRetry}>${t('shared.ui.retry')}<//>
        <${Button} kind="plain" onPress=${onDiscard}>${t('app.conversation.discard')}<//>
      </div>`}
    </div>
  </li>`
}
