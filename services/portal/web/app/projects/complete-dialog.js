import { Button } from '../../components/button.js'
import { Dialog } from '../../components/dialog.js'
import { TextArea } from '../../components/text-area.js'
import { t } from '../../lib/texts.js'
import { toast } from '../../lib/toasts.js'
import { html, useId } from '../../lib/ui.js'
import { useForm } from '../../lib/use-form.js'
import { post } from '../lib/api.js'

/** Completes a project and has its client told, with words of one's own. */
export function CompleteDialog({ open, ...rest }) {
  return open ? html`<${Form} ...${rest} />` : null
}

function Form({ project, client, onDone, onClose }) {
  const id = useId()
  const form = useForm({
    initial: { message: '' },
    draft: `app.complete.${project.id}`,
    send: ({ message }, key) => post(`/api/projects/${project.id}/complete`, { message: message.trim() || null }, key),
    done: (completed) => {
      onDone(completed)
      toast({ text: t('app.projects.completed') })
      onClose()
    },
  })
  const name = client ? html`<bdi>${client.name}</bdi>` : t('app.projects.the_client')
  const actions = html`<${Button} onPress=${onClose}>${t('shared.ui.cancel')}<//>
    <${Button} kind="primary" type="submit" form=${id} busy=${form.busy}>${t('app.projects.complete')}<//>`
  return html`<${Dialog} open title=${t('app.projects.complete_title')} onClose=${onClose} actions=${actions}>
    <form id=${id} class="fields" ref=${form.form} onSubmit=${form.submit} novalidate>
      <p>${t('app.projects.complete_text', { name })}</p>
      <${TextArea} label=${t('app.projects.complete_message')} optional maxlength="10000" rows=${5} focus ...${form.bind('message')} />
      <p class="complaint" role="alert">${form.complaints.all ?? ''}</p>
    </form>
  <//>`
}
