import { Button } from '../../components/button.js'
import { Icon } from '../../components/icon.js'
import { t } from '../../lib/texts.js'
import { html } from '../../lib/ui.js'
import { Attachments } from './attachments.js'
import { Words } from './words.js'

/** A message on its way, or one that did not get through and can be sent again. */
export function Letter({ letter, portal }) {
  const failed = letter.state === 'failed'
  return html`<li class=${failed ? 'message message-client message-failed' : 'message message-client message-leaving'}>
    <p class="visually-hidden"><bdi>${portal.snapshot.client.name}</bdi></p>
    <div class="message-bubble"><${Words} text=${letter.content} /><${Attachments} ids=${letter.attachments} portal=${portal} /></div>
    ${!failed && html`<p class="message-at">${t('portal.messages.sending')}</p>`}
    ${failed &&
    html`<div class="message-why" role="alert">
      <p class="complaint"><${Icon} name="circle-alert" />${t('portal.messages.not_sent')} ${letter.why}</p>
      <p class="message-ways">
        <${Button} icon="rotate-ccw" onPress=${() => portal.outbox.again(letter)}>${t('shared.ui.retry')}<//>
        <${Button} kind="plain" onPress=${() => portal.outbox.drop(letter)}>${t('portal.messages.discard')}<//>
      </p>
    </div>`}
  </li>`
}
