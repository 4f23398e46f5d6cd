import { Button } from '../../components/button.js'
import { Dialog } from '../../components/dialog.js'
import { Field } from '../../components/field.js'
import { goTo } from '../../lib/place.js'
import { t } from '../../lib/texts.js'
import { html } from '../../lib/ui.js'
import { useForm } from '../../lib/use-form.js'
import { patch, post } from '../lib/api.js'

/** A new company, or with `company` another name for one; leads to its page. */
export function NewCompany({ open, company = null, onClose, onSaved = () => {} }) {
  return open ? html`<${Form} ...${{ company, onClose, onSaved }} />` : null
}

function Form({ company, onClose, onSaved }) {
  const form = useForm({
    initial: { name: company?.name ?? '' },
    draft: `app.company.${company?.id ?? 'new'}`,
    check: ({ name }) => ({ name: name.trim() ? '' : t('app.clients.name_missing') }),
    send: ({ name }, key) =>
      company ? patch(`/api/companies/${company.id}`, { name: name.trim() }, key) : post('/api/companies', { name: name.trim() }, key),
    done: (saved) => {
      onSaved(saved)
      if (company) onClose()
      else goTo(`/app/companies/${saved.id}`)
    },
  })
  const title = t(company ? 'app.clients.rename_company' : 'app.clients.new_companies')
  const actions = html`<${Button} onPress=${onClose}>${t('shared.ui.cancel')}<//>
    <${Button} kind="primary" type="submit" busy=${form.busy}>${t('app.clients.save')}<//>`
  return html`<${Dialog} open title=${title} onClose=${onClose} actions=${actions} onSubmit=${form.submit} form=${form.form}>
    <div class="fields">
      <${Field} label=${t('app.clients.name')} maxlength="200" autocomplete="off" dir="auto" focus ...${form.bind('name')} />
      <p class="complaint" role="alert">${form.complaints.all ?? ''}</p>
    </div>
  <//>`
}
