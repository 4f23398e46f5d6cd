import { Button } from '../../components/button.js'
import { Dialog } from '../../components/dialog.js'
import { Field } from '../../components/field.js'
import { RadioGroup } from '../../components/radio-group.js'
import { t } from '../../lib/texts.js'
import { html, useId } from '../../lib/ui.js'
import { useForm } from '../../lib/use-form.js'
import { post } from '../lib/api.js'

/** A new thread of a project; who reads it stays as it is made. */
export function NewThread({ open, ...rest }) {
  return open ? html`<${Form} ...${rest} />` : null
}

function Form({ project, onDone, onClose }) {
  const id = useId()
  const form = useForm({
    initial: { name: '', visibility: 'client' },
    draft: `app.thread.${project.id}`,
    check: ({ name }) => ({ name: name.trim() ? '' : t('app.projects.thread_name_missing') }),
    send: ({ name, visibility }, key) => post(`/api/projects/${project.id}/threads`, { name, visibility }, key),
    done: (thread) => {
      onDone(thread)
      onClose()
    },
  })
  const options = ['client', 'internal'].map((value) => ({ value, label: t(`app.projects.thread_for.${value}`), hint: t(`app.projects.thread_for_hint.${value}`) }))
  const actions = html`<${Button} onPress=${onClose}>${t('shared.ui.cancel')}<//>
    <${Button} kind="primary" type="submit" form=${id} busy=${form.busy}>${t('app.projects.open_thread')}<//>`
  return html`<${Dialog} open title=${t('app.projects.new_thread')} onClose=${onClose} actions=${actions}>
    <form id=${id} class="fields" ref=${form.form} onSubmit=${form.submit} novalidate>
      <${Field} label=${t('app.projects.thread_name')} maxlength="200" focus ...${form.bind('name')} />
      <${RadioGroup} label=${t('app.projects.thread_readers')} cards options=${options} ...${form.bind('visibility')} />
      <p class="complaint" role="alert">${form.complaints.all ?? ''}</p>
    </form>
  <//>`
}
