import { Button } from '../../components/button.js'
import { Dialog } from '../../components/dialog.js'
import { t } from '../../lib/texts.js'
import { html } from '../../lib/ui.js'
import { useForm } from '../../lib/use-form.js'
import { patch } from '../lib/api.js'
import { Restored } from '../papers/restored.js'
import { ClientFields, complaintsAbout } from './client-fields.js'

/** Another name, address or company. */
export function EditClient({ open, ...rest }) {
  return open ? html`<${Form} ...${rest} />` : null
}

function Form({ client, onClose, onSaved }) {
  const form = useForm({
    initial: { name: client.name, email: client.email ?? '', company: client.company && { value: client.companyId ?? '', label: client.company } },
    draft: `app.client.${client.id}`,
    stamp: client.updatedAt,
    check: complaintsAbout,
    send: ({ name, email, company }, key) =>
      patch(`/api/clients/${client.id}`, { name: name.trim(), email: email.trim(), ...companyOf(company) }, key),
    done: (saved) => {
      onSaved(saved)
      onClose()
    },
  })
  const actions = html`<${Button} onPress=${onClose}>${t('shared.ui.cancel')}<//>
    <${Button} kind="primary" type="submit" busy=${form.busy}>${t('app.clients.save')}<//>`
  return html`<${Dialog} open title=${t('app.clients.edit_title')} onClose=${onClose} actions=${actions} onSubmit=${form.submit} form=${form.form}>
    <div class="fields">
      ${form.isRestored && html`<${Restored} isStale=${form.isStale} onDiscard=${() => form.reset()} />`}
      <${ClientFields} form=${form} />
    </div>
  <//>`
}

/** A company that is only a name stays as it is until another is chosen. */
function companyOf(company) {
  if (company && !company.value) return {}
  return company ? { companyId: company.value } : { companyId: null, company: null }
}
