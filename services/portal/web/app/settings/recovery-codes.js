import { Button } from '../../components/button.js'
import { Dialog } from '../../components/dialog.js'
import { saveAs } from '../../lib/save.js'
import { t } from '../../lib/texts.js'
import { html } from '../../lib/ui.js'
import { copyText } from '../papers/use-act.js'

/** The recovery codes, shown this once. */
export function RecoveryCodes({ codes, onClose }) {
  const text = codes.join('\n')
  const save = () => saveAs(new Blob([`${text}\n`], { type: 'text/plain' }), 'portico-recovery-codes.txt')
  const actions = html`<${Button} icon="copy" onPress=${() => copyText(text, t('app.settings.codes_copied'))}>${t('shared.ui.copy')}<//>
    <${Button} icon="download" onPress=${save}>${t('app.settings.save_codes')}<//>
    <${Button} kind="primary" onPress=${onClose}>${t('app.settings.have_it')}<//>`
  return html`<${Dialog} open title=${t('app.settings.recovery_codes')} onClose=${onClose} actions=${actions}>
    <p>${t('app.settings.recovery_text')}</p>
    <ul class="recovery-codes">${codes.map((code) => html`<li key=${code}><code dir="ltr">${code}</code></li>`)}</ul>
  <//>`
}
