import { Button } from '../../components/button.js'
import { Checkbox } from '../../components/checkbox.js'
import { Dialog } from '../../components/dialog.js'
import { t } from '../../lib/texts.js'
import { html, useEffect, useState } from '../../lib/ui.js'

/** To whom a paper goes, and whether by mail too; a client without an address has it in the portal only. */
export function SendDialog({ open, client, onSend, onClose, again = false }) {
  const hasAddress = Boolean(client?.email)
  const [mails, setMails] = useState(true)
  useEffect(() => setMails(hasAddress), [open, hasAddress])
  const actions = html`<${Button} onPress=${onClose}>${t('shared.ui.cancel')}<//>
    <${Button} kind="primary" icon="send" onPress=${() => onSend(mails)}>${t(again ? 'app.papers.send_again' : 'app.papers.send')}<//>`
  const name = html`<strong><bdi>${client?.label ?? client?.name}</bdi></strong>`
  return html`<${Dialog} title=${t(again ? 'app.papers.send_again_title' : 'app.papers.send_title')} open=${open} onClose=${onClose} actions=${actions} size="small">
    <div class="fields">
      <p>${t(again ? 'app.papers.send_again_text' : 'app.papers.send_text', { name })}</p>
      ${!again && html`<${Checkbox} label=${t('app.papers.send_mail')} hint=${hasAddress ? client.email : t('app.papers.no_address')} on=${mails}
        disabled=${!hasAddress} onSwitch=${setMails} />`}
      ${again && html`<p class="quiet"><bdi>${client?.email}</bdi></p>`}
    </div>
  <//>`
}
