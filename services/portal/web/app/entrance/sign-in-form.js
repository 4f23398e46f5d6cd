import { Button } from '../../components/button.js'
import { Field } from '../../components/field.js'
import { PasswordField } from '../../components/password-field.js'
import { Refusal } from '../../lib/api.js'
import { keepDraft, keptDraft } from '../../lib/drafts.js'
import { t } from '../../lib/texts.js'
import { html, useState } from '../../lib/ui.js'
import { useForm } from '../../lib/use-form.js'
import { CodeField } from './code-field.js'
import { emailComplaint, inPlainWords } from './complaints.js'
import { signIn } from './requests.js'

const DRAFT = 'entrance.email'

/** E-mail and password, then the second factor where one is asked for. With `email` nobody else can sign in here. */
export function SignInForm({ email = '', onDone }) {
  const [step, setStep] = useState('password')
  const [hasEmail] = useState(Boolean(email || keptDraft(DRAFT)))
  const send = async ({ email: address, password, code }) => {
    try {
      return await signIn({ email: address.trim(), password, ...(step === 'code' && { code: code.trim() }) })
    } catch (refusal) {
      if (refusal.code === 'second_factor_required') return setStep('code')
      throw refusal.code === 'second_factor_wrong'
        ? new Refusal(401, { errors: [{ field: 'code', message: t('app.entrance.code_wrong') }] })
        : inPlainWords(refusal, t('app.entrance.wrong'))
    }
  }
  const form = useForm({
    initial: { email: email || keptDraft(DRAFT), password: '', code: '' },
    check: (values) => ({
      email: emailComplaint(values.email),
      password: values.password ? '' : t('app.entrance.password_missing'),
      code: step === 'code' && !values.code.trim() ? t('app.entrance.code_missing') : '',
    }),
    send,
    done: (answer) => {
      if (!answer) return
      keepDraft(DRAFT, '')
      onDone(answer)
    },
  })
  const typeEmail = (typed) => {
    keepDraft(DRAFT, typed)
    form.change({ email: typed })
  }
  const again = () => {
    setStep('password')
    form.change({ code: '' })
  }
  return html`<form class="entrance-form" ref=${form.form} onSubmit=${form.submit} novalidate>
    ${step === 'code'
      ? html`<${CodeField} ...${form.bind('code')} />`
      : html`<${Field} label=${t('app.entrance.email')} ...${form.bind('email')} onType=${typeEmail} type="email" name="email" autocomplete="username"
            maxlength="254" spellcheck=${false} autocapitalize="off" readonly=${Boolean(email)} focus=${!hasEmail} />
          <${PasswordField} label=${t('app.entrance.password')} ...${form.bind('password')} name="password" known focus=${hasEmail}
            maxlength="128" />`}
    <p class="complaint" role="alert">${form.complaints.all}</p>
    <${Button} kind="primary" type="submit" busy=${form.busy}>${t(step === 'code' ? 'app.entrance.confirm' : 'app.entrance.sign_in')}<//>
    ${step === 'code' && html`<${Button} kind="plain" onPress=${again}>${t('app.entrance.back')}<//>`}
  </form>`
}
