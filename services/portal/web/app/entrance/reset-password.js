// Where a member who has forgotten their password chooses another.
import { Button } from '../../components/button.js'
import { Link } from '../../components/link.js'
import { LinkButton } from '../../components/link-button.js'
import { PasswordField, passwordComplaint } from '../../components/password-field.js'
import { mailedToken } from '../../lib/mailed-token.js'
import { keepInEntry } from '../../lib/place.js'
import { t } from '../../lib/texts.js'
import { html, useState } from '../../lib/ui.js'
import { useForm } from '../../lib/use-form.js'
import { Door } from './door.js'
import { resetPassword } from './requests.js'

export default function ResetPasswordPage() {
  const [token] = useState(mailedToken)
  const [phase, setPhase] = useState(token ? 'form' : 'gone')
  if (phase === 'done') {
    return html`<${Door} title=${t('app.entrance.reset_done')} lead=${t('app.entrance.reset_done_text')}>
      <${LinkButton} kind="primary" to="/app/sign-in">${t('app.entrance.sign_in')}<//>
    <//>`
  }
  if (phase === 'gone') {
    const foot = html`<${Link} to="/app/sign-in">${t('app.entrance.back_to_sign_in')}<//>`
    return html`<${Door} title=${t('app.entrance.reset_gone')} lead=${t('app.entrance.reset_gone_text')} foot=${foot}>
      <${LinkButton} kind="primary" to="/app/forgot-password">${t('app.entrance.send_link')}<//>
    <//>`
  }
  return html`<${Door} title=${t('app.entrance.reset')}><${Form} token=${token} onPhase=${setPhase} /><//>`
}

function Form({ token, onPhase }) {
  const form = useForm({
    initial: { password: '' },
    check: ({ password }) => ({ password: passwordComplaint(password) }),
    send: async ({ password }) => {
      try {
        await resetPassword(token, password)
      } catch (refusal) {
        if (refusal.status === 401) return 'gone'
        throw refusal
      }
      keepInEntry({ mailed: null })
      return 'done'
    },
    done: onPhase,
  })
  return html`<form class="entrance-form" ref=${form.form} onSubmit=${form.submit} novalidate>
    <${PasswordField} label=${t('app.entrance.new_password')} ...${form.bind('password')} name="password" maxlength="128" focus />
    <p class="complaint" role="alert">${form.complaints.all}</p>
    <${Button} kind="primary" type="submit" busy=${form.busy}>${t('app.entrance.save_password')}<//>
  </form>`
}
