import { Button } from '../../components/button.js'
import { Combobox } from '../../components/combobox.js'
import { DateField } from '../../components/date-field.js'
import { Dialog } from '../../components/dialog.js'
import { Field } from '../../components/field.js'
import { TextArea } from '../../components/text-area.js'
import { goTo } from '../../lib/place.js'
import { t } from '../../lib/texts.js'
import { html, useId } from '../../lib/ui.js'
import { useForm } from '../../lib/use-form.js'
import { post } from '../lib/api.js'
import { clientOption, findClients } from '../lib/finding.js'

/** A new project for a client; leads to its page. */
export function NewProject({ open, client = null, onClose }) {
  return open ? html`<${Form} client=${client} onClose=${onClose} />` : null
}

function Form({ client, onClose }) {
  const id = useId()
  const form = useForm({
    initial: { name: '', client: client && clientOption(client), dueDate: '', description: '' },
    draft: 'app.new-project',
    check: ({ name, client: chosen }) => ({
      name: name.trim() ? '' : t('app.projects.name_missing'),
      client: chosen ? '' : t('app.projects.client_missing'),
    }),
    send: ({ name, client: chosen, dueDate, description }, key) =>
      post('/api/projects', { name, clientId: chosen.value, description, dueDate: dueDate || null }, key),
    done: (project) => goTo(`/app/projects/${project.id}`),
  })
  const actions = html`<${Button} onPress=${onClose}>${t('shared.ui.cancel')}<//>
    <${Button} kind="primary" type="submit" form=${id} busy=${form.busy}>${t('app.projects.create')}<//>`
  return html`<${Dialog} open title=${t('app.projects.new')} onClose=${onClose} actions=${actions}>
    <form id=${id} class="fields" ref=${form.form} onSubmit=${form.submit} novalidate>
      <${Field} label=${t('app.projects.name')} maxlength="200" focus ...${form.bind('name')} />
      <${Combobox} label=${t('app.projects.client')} placeholder=${t('app.projects.type_client')} search=${findClients} ...${form.bind('client')} />
      <${DateField} label=${t('app.projects.due')} optional ...${form.bind('dueDate')} />
      <${TextArea} label=${t('app.projects.description')} hint=${t('app.projects.description_hint')} optional maxlength="10000" ...${form.bind('description')} />
      <p class="complaint" role="alert">${form.complaints.all ?? ''}</p>
    </form>
  <//>`
}
