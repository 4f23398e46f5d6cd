import { Button } from '../../components/button.js'
import { Dialog } from '../../components/dialog.js'
import { TextArea } from '../../components/text-area.js'
import { t } from '../../lib/texts.js'
import { html } from '../../lib/ui.js'
import { useForm } from '../../lib/use-form.js'
import { post } from '../lib/api.js'

const PLACES = { contact: 'contacts', company: 'companies' }

/** Mails the portal's link, with words of one's own where there are some. */
export function InviteDialog({ open, ...rest }) {
  return open ? html`<${Form} ...${rest} />` : null
}

function Form({ holder, name, onClose, onSent }) {
  const form = useForm({
    initial: { custom_message: '' },
    draft: `app.invite.${holder.id}`,
    send: ({ custom_message: words }, key) =>
      post(`/api/v1/client-portal/${PLACES[holder.type]}/${holder.id}/invite`, words.trim() ? { custom_message: words.trim() } : {}, key),
    done: onSent,
  })
  const actions = html`<${Button} onPress=${onClose}>${t('shared.ui.cancel')}<//>
    <${Button} kind="primary" type="submit" busy=${form.busy}>${t('app.clients.send_invitation')}<//>`
  return html`<${Dialog} open title=${t('app.clients.invite_title', { name })} onClose=${onClose} actions=${actions} onSubmit=${form.submit} form=${form.form}>
    <div class="fields">
      <p>${t('app.clients.invite_text')}</p>
      <${TextArea} label=${t('app.clients.own_words')} optional rows=${5} maxlength="10000" focus ...${form.bind('custom_message')} />
      <p class="complaint" role="alert">${form.complaints.all ?? ''}</p>
    </div>
  <//>`
}
