import { t } from '../../lib/texts.js'
import { html } from '../../lib/ui.js'
import { SignPanel } from './sign-panel.js'

/** Signing a version of a file; `onSign({signatureData, clientName, clientEmail})`. */
export function SignForm({ file, client, onSign, onCancel }) {
  const draft = `sign.${file.id}.${file.version}`
  return html`<${SignPanel} ...${{ client, draft, onSign, onCancel }} kind="panel" action=${t('portal.signing.sign')} focus>
    <p class="quiet">${t('portal.signing.consent_file', { version: file.version, name: html`<bdi>${file.name}</bdi>` })}</p>
  <//>`
}
