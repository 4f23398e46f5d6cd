import { Button } from '../../components/button.js'
import { CopyField } from '../../components/copy-field.js'
import { Dialog } from '../../components/dialog.js'
import { Field } from '../../components/field.js'
import { PasswordField } from '../../components/password-field.js'
import { t } from '../../lib/texts.js'
import { html, useState } from '../../lib/ui.js'
import { useForm } from '../../lib/use-form.js'
import { ownPost } from './own-post.js'
import { QrCode } from './qr-code.js'
import { RecoveryCodes } from './recovery-codes.js'

/** Sets two-factor sign-in up: the password, the secret for the app, a first code, and the recovery codes. */
export function SetUpDialog({ open, onClose }) {
  return open ? html`<${Steps} onClose=${onClose} />` : null
}

function Steps({ onClose }) {
  const [secret, setSecret] = useState(null)
  const [codes, setCodes] = useState(null)
  if (codes) return html`<${RecoveryCodes} codes=${codes} onClose=${onClose} />`
  if (secret) return html`<${Confirm} secret=${secret} onClose=${onClose} onDone=${({ recoveryCodes }) => setCodes(recoveryCodes)} />`
  return html`<${Password} onClose=${onClose} onDone=${setSecret} />`
}

function Password({ onClose, onDone }) {
  const form = useForm({
    initial: { password: '' },
    check: ({ password }) => ({ password: password ? '' : t('app.settings.password_missing') }),
    send: (values) => ownPost('/api/auth/totp', values),
    done: onDone,
  })
  return html`<${Step} title=${t('app.settings.set_up')} form=${form} onClose=${onClose} action=${t('app.settings.go_on')}>
    <${PasswordField} known focus label=${t('app.settings.current_password')} ...${form.bind('password')} />
  <//>`
}

function Confirm({ secret, onClose, onDone }) {
  const form = useForm({
    initial: { code: '' },
    check: ({ code }) => ({ code: /^\d{6}$/.test(code.replace(/\s/g, '')) ? '' : t('app.settings.code_missing') }),
    send: ({ code }) => ownPost('/api/auth/totp/confirm', { code: code.replace(/\s/g, '') }),
    done: onDone,
  })
  return html`<${Step} title=${t('app.settings.scan')} form=${form} onClose=${onClose} action=${t('app.settings.turn_on')}>
    <p>${t('app.settings.scan_text')}</p>
    <${QrCode} text=${secret.uri} label=${t('app.settings.qr')} />
    <${CopyField} label=${t('app.settings.secret')} hint=${t('app.settings.secret_hint')} value=${secret.secret} />
    <${Field} label=${t('app.settings.code')} inputmode="numeric" autocomplete="one-time-code" maxlength="9" dir="ltr" focus ...${form.bind('code')} />
  <//>`
}

function Step({ title, form, onClose, action, children }) {
  const actions = html`<${Button} onPress=${onClose}>${t('shared.ui.cancel')}<//>
    <${Button} kind="primary" type="submit" busy=${form.busy}>${action}<//>`
  return html`<${Dialog} open title=${title} onClose=${onClose} actions=${actions} onSubmit=${form.submit} form=${form.form}>
    <div class="fields">${children}<p class="complaint" role="alert">${form.complaints.all ?? ''}</p></div>
  <//>`
}
