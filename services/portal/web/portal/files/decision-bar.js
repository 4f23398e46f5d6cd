import { ActionBar } from '../../components/action-bar.js'
import { Button } from '../../components/button.js'
import { Dialog } from '../../components/dialog.js'
import { t } from '../../lib/texts.js'
import { html, useState } from '../../lib/ui.js'
import { awaitsReview, decisionsOn } from '../home/waiting.js'
import { SignForm } from '../signing/sign-form.js'
import { ChangesForm } from './changes-form.js'

/** What the client may do with a file: one thing first, at the bottom edge of a phone; the quieter ways beside it. */
export function DecisionBar({ file, portal }) {
  const [open, setOpen] = useState('')
  const { actions, snapshot } = portal
  const decisions = decisionsOn(file)
  const close = () => setOpen('')
  const done = async (promise) => (await promise) && close()
  const download = (kind) =>
    html`<${Button} icon="download" kind=${kind} onPress=${() => actions.download(file)}>${t('portal.files.download')}<//>`
  return html`<${ActionBar} label=${t('portal.files.decide')}>
      ${decisions.includes('approve') &&
      html`<${Button} kind=${awaitsReview(file) ? 'primary' : 'quiet'} icon="check" onPress=${() => actions.approve(file)}>${t('portal.files.approve')}<//>`}
      ${decisions.includes('changes') && html`<${Button} onPress=${() => setOpen('changes')}>${t('portal.files.request_changes')}<//>`}
      ${!decisions.includes('approve') && download('primary')}
    <//>
    <p class="file-ways">
      ${decisions.includes('sign') && html`<${Button} icon="signature" onPress=${() => setOpen('sign')}>${t('portal.files.sign')}<//>`}
      ${decisions.includes('approve') && download('quiet')}
    </p>
    <${Dialog} title=${t('portal.files.request_changes')} open=${open === 'changes'} onClose=${close}>
      <${ChangesForm} file=${file} onSend=${(comment) => done(actions.changes(file, comment))} onCancel=${close} />
    <//>
    <${Dialog} title=${t('portal.files.sign_file')} open=${open === 'sign'} onClose=${close}>
      <${SignForm} file=${file} client=${snapshot.client} onSign=${(signature) => done(actions.sign(file, signature))} onCancel=${close} />
    <//>`
}
