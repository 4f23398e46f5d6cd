import { Button } from '../../components/button.js'
import { Dialog } from '../../components/dialog.js'
import { Field } from '../../components/field.js'
import { PasswordField } from '../../components/password-field.js'
import { t } from '../../lib/texts.js'
import { html, useState } from '../../lib/ui.js'
import { useForm } from '../../lib/use-form.js'
import { ownPost } from './own-post.js'
import { RecoveryCodes } from './recovery-codes.js'

/** Asks for password and code before the second factor is changed; shows recovery codes where there are new ones. */
export function ProveDialog({ open, ...rest }) {
  return open ? html`<${Inside} ...${rest} />` : null
}

function Inside({ title, path, onClose }) {
  const [codes, setCodes] = useState(null)
  const form = useForm({
    initial: { password: '', code: '' },
    check: ({ password, code }) => ({
      password: password ? '' : t('app.settings.password_missing'),
      code: code.trim() ? '' : t('app.settings.code_missing'),
    }),
    send: ({ password, code }) => ownPost(path, { password, code: code.trim() }),
    done: ({ recoveryCodes }) => (recoveryCodes ? setCodes(recoveryCodes) : onClose()),
  })
  if (codes) return html`<${RecoveryCodes} codes=${codes} onClose=${onClose} />`
  const actions = html`<${Button} onPress=${onClose}>${t('shared.ui.cancel')}<//>
    <${Button} kind="primary" type="submit" busy=${form.busy}>${title}<//>`
  return html`<${Dialog} open title=${title} onClose=${onClose} actions=${actions} onSubmit=${form.submit} form=${form.form}>
    <div class="fields">
      <${PasswordField} known focus label=${t('app.settings.current_password')} ...${form.bind('password')} />
      <${Field} label=${t('app.settings.code_or_recovery')} autocomplete="one-time-code" maxlength="40" dir="ltr" ...${form.bind('code')} />
      <p class="complaint" role="alert">${form.complaints.all ?? ''}</p>
    </div>
  <//>`
}
