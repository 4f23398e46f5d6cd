// Where an agency begins, with its owner.
import { Button } from '../../components/button.js'
import { Field } from '../../components/field.js'
import { Link } from '../../components/link.js'
import { PasswordField, passwordComplaint } from '../../components/password-field.js'
import { keepDraft, keptDraft } from '../../lib/drafts.js'
import { goTo } from '../../lib/place.js'
import { t } from '../../lib/texts.js'
import { html } from '../../lib/ui.js'
import { useForm } from '../../lib/use-form.js'
import { signedIn } from '../lib/session.js'
import { emailComplaint, inPlainWords } from './complaints.js'
import { Door } from './door.js'
import { register } from './requests.js'

const DRAFT = 'entrance.register'
const EMPTY = { name: '', agencyName: '', email: '' }

export default function RegisterPage() {
  const foot = t('app.entrance.has_agency', { way: html`<${Link} to="/app/sign-in">${t('app.entrance.sign_in')}<//>` })
  return html`<${Door} title=${t('app.entrance.register')} lead=${t('app.entrance.register_lead')} foot=${foot}><${Form} /><//>`
}

function Form() {
  const form = useForm({
    // All but the password, which is never kept.
    initial: { ...EMPTY, ...JSON.parse(keptDraft(DRAFT) || '{}'), password: '' },
    check: ({ name, agencyName, email, password }) => ({
      name: name.trim() ? '' : t('app.entrance.name_missing'),
      agencyName: agencyName.trim() ? '' : t('app.entrance.agency_missing'),
      email: emailComplaint(email),
      password: passwordComplaint(password),
    }),
    send: async ({ name, agencyName, email, password }) => {
      try {
        return await register({ name: name.trim(), agencyName: agencyName.trim(), email: email.trim(), password })
      } catch (refusal) {
        throw inPlainWords(refusal, '')
      }
    },
    done: (answer) => {
      keepDraft(DRAFT, '')
      signedIn(answer)
      goTo('/app')
    },
  })
  const bind = (field) => ({
    ...form.bind(field),
    onType: (typed) => {
      const { password, ...kept } = { ...form.values, [field]: typed }
      keepDraft(DRAFT, JSON.stringify(kept))
      form.change({ [field]: typed })
    },
  })
  return html`<form class="entrance-form" ref=${form.form} onSubmit=${form.submit} novalidate>
    <${Field} label=${t('app.entrance.name')} ...${bind('name')} name="name" autocomplete="name" maxlength="200" focus />
    <${Field} label=${t('app.entrance.agency')} hint=${t('app.entrance.agency_hint')} ...${bind('agencyName')} name="organization"
      autocomplete="organization" maxlength="200" />
    <${Field} label=${t('app.entrance.email')} ...${bind('email')} type="email" name="email" autocomplete="username" maxlength="254" spellcheck=${false} autocapitalize="off" />
    <${PasswordField} label=${t('app.entrance.choose_password')} ...${form.bind('password')} name="password" maxlength="128" />
    <p class="complaint" role="alert">${form.complaints.all}</p>
    <${Button} kind="primary" type="submit" busy=${form.busy}>${t('app.entrance.create')}<//>
  </form>`
}
