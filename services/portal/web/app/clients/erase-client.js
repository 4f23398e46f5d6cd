import { Button } from '../../components/button.js'
import { Dialog } from '../../components/dialog.js'
import { Field } from '../../components/field.js'
import { goTo } from '../../lib/place.js'
import { t } from '../../lib/texts.js'
import { toast } from '../../lib/toasts.js'
import { html } from '../../lib/ui.js'
import { useForm } from '../../lib/use-form.js'
import { post } from '../lib/api.js'

/** Forgets a client for good, once their address was typed; issued invoices stay, as the law asks. */
export function EraseClient({ open, client, onClose }) {
  return open ? html`<${Form} client=${client} onClose=${onClose} />` : null
}

function Form({ client, onClose }) {
  const wanted = client.email ?? client.name
  const form = useForm({
    initial: { confirm: '' },
    check: ({ confirm }) => ({ confirm: confirm.trim() === wanted ? '' : t('app.clients.erase_mismatch', { wanted }) }),
    send: ({ confirm }, key) => post(`/api/clients/${client.id}/erase`, { confirm: confirm.trim() }, key),
    done: () => {
      toast({ text: t('app.clients.erased') })
      goTo('/app/clients')
    },
  })
  const actions = html`<${Button} onPress=${onClose}>${t('shared.ui.cancel')}<//>
    <${Button} kind="danger" type="submit" busy=${form.busy}>${t('app.clients.erase')}<//>`
  return html`<${Dialog} open title=${t('app.clients.erase')} onClose=${onClose} actions=${actions} onSubmit=${form.submit} form=${form.form}>
    <div class="fields">
      <p>${t('app.clients.erase_text')}</p>
      <${Field} label=${t('app.clients.erase_confirm', { wanted })} autocomplete="off" focus ...${form.bind('confirm')} />
      <p class="complaint" role="alert">${form.complaints.all ?? ''}</p>
    </div>
  <//>`
}
