import { Button } from '../../components/button.js'
import { Dialog } from '../../components/dialog.js'
import { goTo } from '../../lib/place.js'
import { t } from '../../lib/texts.js'
import { html } from '../../lib/ui.js'
import { toast } from '../../lib/toasts.js'
import { useForm } from '../../lib/use-form.js'
import { post } from '../lib/api.js'
import { ClientFields, complaintsAbout } from './client-fields.js'

/** A new client, who is sent the welcome with the portal's link; leads to their page. */
export function NewClient({ open, company = null, onClose }) {
  return open ? html`<${Form} company=${company} onClose=${onClose} />` : null
}

function Form({ company, onClose }) {
  const form = useForm({
    initial: { name: '', email: '', company: company && { value: company.id, label: company.name } },
    draft: company ? `app.new-client.${company.id}` : 'app.new-client',
    check: complaintsAbout,
    send: ({ name, email, company: chosen }, key) =>
      post('/api/clients', { name: name.trim(), email: email.trim(), companyId: chosen?.value ?? null }, key),
    done: (client) => {
      toast({ text: t('app.clients.welcomed', { name: client.name }) })
      goTo(`/app/clients/${client.id}`)
    },
  })
  const actions = html`<${Button} onPress=${onClose}>${t('shared.ui.cancel')}<//>
    <${Button} kind="primary" type="submit" busy=${form.busy}>${t('app.clients.create_client')}<//>`
  return html`<${Dialog} open title=${t('app.clients.new_clients')} onClose=${onClose} actions=${actions} onSubmit=${form.submit} form=${form.form}>
    <div class="fields"><${ClientFields} form=${form} hint=${t('app.clients.email_hint')} /></div>
  <//>`
}
