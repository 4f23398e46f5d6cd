import { Card } from '../../components/card.js'
import { PasswordField, passwordComplaint } from '../../components/password-field.js'
import { t } from '../../lib/texts.js'
import { toast } from '../../lib/toasts.js'
import { html } from '../../lib/ui.js'
import { useForm } from '../../lib/use-form.js'
import { ownPost } from './own-post.js'
import { SavedForm } from './saved-form.js'

const NOTHING = { currentPassword: '', newPassword: '' }

/** Another password; every other device is signed out by it. */
export function PasswordCard() {
  const form = useForm({
    initial: NOTHING,
    check: ({ currentPassword, newPassword }) => ({
      currentPassword: currentPassword ? '' : t('app.settings.password_missing'),
      newPassword: passwordComplaint(newPassword),
    }),
    send: (values) => ownPost('/api/auth/password', values, 'currentPassword'),
    done: () => {
      form.reset(NOTHING)
      toast({ text: t('app.settings.password_changed') })
    },
  })
  return html`<${Card} title=${t('app.settings.password')} lead=${t('app.settings.password_lead')}>
    <${SavedForm} form=${form} action=${t('app.settings.change_password')}>
      <${PasswordField} known label=${t('app.settings.current_password')} ...${form.bind('currentPassword')} />
      <${PasswordField} label=${t('app.settings.new_password')} ...${form.bind('newPassword')} />
    <//>
  <//>`
}
