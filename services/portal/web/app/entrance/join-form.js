import { Button } from '../../components/button.js'
import { Field } from '../../components/field.js'
import { PasswordField, passwordComplaint } from '../../components/password-field.js'
import { keepDraft, keptDraft } from '../../lib/drafts.js'
import { t } from '../../lib/texts.js'
import { html } from '../../lib/ui.js'
import { useForm } from '../../lib/use-form.js'
import { acceptInvitation } from './requests.js'

const DRAFT = 'invitation.name'

/** Name and password of a new member; `onGone` when the invitation has ended meanwhile. */
export function JoinForm({ token, invitation, onJoined, onGone }) {
  const form = useForm({
    initial: { name: keptDraft(DRAFT), password: '' },
    check: ({ name, password }) => ({
      name: name.trim() ? '' : t('app.entrance.name_missing'),
      password: passwordComplaint(password),
    }),
    send: async ({ name, password }) => {
      try {
        return await acceptInvitation(token, { name: name.trim(), password })
      } catch (refusal) {
        if (refusal.status === 401) return null
        throw refusal
      }
    },
    done: (answer) => {
      if (!answer) return onGone()
      keepDraft(DRAFT, '')
      return onJoined(answer)
    },
  })
  const typeName = (name) => {
    keepDraft(DRAFT, name)
    form.change({ name })
  }
  return html`<form class="entrance-form" ref=${form.form} onSubmit=${form.submit} novalidate>
    <${Field} label=${t('app.entrance.your_email')} value=${invitation.email} onType=${() => {}} type="email" name="email" readonly autocomplete="username" />
    <${Field} label=${t('app.entrance.name')} ...${form.bind('name')} onType=${typeName} name="name" autocomplete="name" maxlength="200" focus />
    <${PasswordField} label=${t('app.entrance.choose_password')} ...${form.bind('password')} name="password" maxlength="128" />
    <p class="complaint" role="alert">${form.complaints.all}</p>
    <${Button} kind="primary" type="submit" busy=${form.busy}>${t('app.entrance.join')}<//>
  </form>`
}
