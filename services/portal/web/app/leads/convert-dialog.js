import { Button } from '../../components/button.js'
import { Dialog } from '../../components/dialog.js'
import { Field } from '../../components/field.js'
import { goTo } from '../../lib/place.js'
import { t } from '../../lib/texts.js'
import { toast } from '../../lib/toasts.js'
import { html } from '../../lib/ui.js'
import { useForm } from '../../lib/use-form.js'
import { post } from '../lib/api.js'

/** Makes a lead a client with a project; leads to the project. */
export function ConvertDialog({ open, ...rest }) {
  return open ? html`<${Form} ...${rest} />` : null
}

function Form({ lead, onClose }) {
  const form = useForm({
    initial: { projectName: lead.formName },
    check: ({ projectName }) => ({ projectName: projectName.trim() ? '' : t('app.leads.name_missing') }),
    send: ({ projectName }, key) => post(`/api/leads/${lead.id}/convert`, { projectName: projectName.trim() }, key),
    done: ({ client, project }) => {
      toast({ text: t('app.leads.is_client', { name: client.name }) })
      goTo(`/app/projects/${project.id}`)
    },
  })
  const actions = html`<${Button} onPress=${onClose}>${t('shared.ui.cancel')}<//>
    <${Button} kind="primary" type="submit" busy=${form.busy}>${t('app.leads.convert')}<//>`
  return html`<${Dialog} open title=${t('app.leads.convert_title', { name: lead.name })} onClose=${onClose} actions=${actions} onSubmit=${form.submit} form=${form.form}>
    <div class="fields">
      <p>${t('app.leads.convert_text', { email: html`<bdi>${lead.email}</bdi>` })}</p>
      <${Field} label=${t('app.leads.project_name')} maxlength="200" dir="auto" focus ...${form.bind('projectName')} />
      <p class="complaint" role="alert">${form.complaints.all ?? ''}</p>
    </div>
  <//>`
}
