import { Button } from '../../components/button.js'
import { Dialog } from '../../components/dialog.js'
import { Field } from '../../components/field.js'
import { RadioGroup } from '../../components/radio-group.js'
import { t } from '../../lib/texts.js'
import { toast } from '../../lib/toasts.js'
import { html } from '../../lib/ui.js'
import { useForm } from '../../lib/use-form.js'
import { post } from '../lib/api.js'
import { me } from '../lib/session.js'

/** Mails somebody an invitation to the agency. */
export function InviteMember({ open, ...rest }) {
  return open ? html`<${Form} ...${rest} />` : null
}

function Form({ onClose, onSent }) {
  const form = useForm({
    initial: { email: '', role: 'member' },
    draft: 'app.settings.invite',
    check: ({ email }) => ({ email: /^\S+@\S+$/.test(email.trim()) ? '' : t('app.settings.email_missing') }),
    send: ({ email, role }, key) => post('/api/invitations', { email: email.trim(), role }, key),
    done: () => {
      toast({ text: t('app.settings.invitation_sent') })
      onSent()
      onClose()
    },
  })
  const roles = me.value.user.role === 'owner' ? ['member', 'admin', 'owner'] : ['member', 'admin']
  const options = roles.map((value) => ({ value, label: t(`app.settings.roles.${value}`), hint: t(`app.settings.role_hints.${value}`) }))
  const actions = html`<${Button} onPress=${onClose}>${t('shared.ui.cancel')}<//>
    <${Button} kind="primary" type="submit" busy=${form.busy}>${t('app.settings.send_invitation')}<//>`
  return html`<${Dialog} open title=${t('app.settings.invite')} onClose=${onClose} actions=${actions} onSubmit=${form.submit} form=${form.form}>
    <div class="fields">
      <${Field} label=${t('app.settings.email')} type="email" maxlength="254" autocomplete="off" focus ...${form.bind('email')} />
      <${RadioGroup} label=${t('app.settings.role')} options=${options} value=${form.values.role} onChoose=${(role) => form.change({ role })} />
      <p class="complaint" role="alert">${form.complaints.all ?? ''}</p>
    </div>
  <//>`
}
