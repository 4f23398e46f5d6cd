// Where a member who has forgotten their password asks for a link to choose another.
import { Button } from '../../components/button.js'
import { Field } from '../../components/field.js'
import { Link } from '../../components/link.js'
import { keepDraft, keptDraft } from '../../lib/drafts.js'
import { t } from '../../lib/texts.js'
import { html, useState } from '../../lib/ui.js'
import { useForm } from '../../lib/use-form.js'
import { emailComplaint, inPlainWords } from './complaints.js'
import { Door } from './door.js'
import { forgotPassword } from './requests.js'

const DRAFT = 'entrance.email'

export default function ForgotPasswordPage() {
  const [asked, setAsked] = useState('')
  const foot = html`<${Link} to="/app/sign-in">${t('app.entrance.back_to_sign_in')}<//>`
  if (asked) {
    return html`<${Door} title=${t('app.entrance.check_mail')} foot=${foot}>
      <p role="status">${t('app.entrance.link_sent', { email: html`<strong><bdi>${asked}</bdi></strong>` })}</p>
      <${Button} onPress=${() => setAsked('')}>${t('app.entrance.other_address')}<//>
    <//>`
  }
  return html`<${Door} title=${t('app.entrance.forgot')} lead=${t('app.entrance.forgot_lead')} foot=${foot}><${Form} onAsked=${setAsked} /><//>`
}

function Form({ onAsked }) {
  const form = useForm({
    initial: { email: keptDraft(DRAFT) },
    check: ({ email }) => ({ email: emailComplaint(email) }),
    send: async ({ email }) => {
      try {
        await forgotPassword(email.trim())
      } catch (refusal) {
        throw inPlainWords(refusal, '')
      }
      return email.trim()
    },
    done: onAsked,
  })
  const type = (email) => {
    keepDraft(DRAFT, email)
    form.change({ email })
  }
  return html`<form class="entrance-form" ref=${form.form} onSubmit=${form.submit} novalidate>
    <${Field} label=${t('app.entrance.email')} ...${form.bind('email')} onType=${type} type="email" name="email" autocomplete="username" maxlength="254"
      spellcheck=${false} autocapitalize="off" focus />
    <p class="complaint" role="alert">${form.complaints.all}</p>
    <${Button} kind="primary" type="submit" busy=${form.busy}>${t('app.entrance.send_link')}<//>
  </form>`
}
