import { Button } from '../../components/button.js'
import { Dialog } from '../../components/dialog.js'
import { Field } from '../../components/field.js'
import { Select } from '../../components/select.js'
import { TextArea } from '../../components/text-area.js'
import { goTo } from '../../lib/place.js'
import { t } from '../../lib/texts.js'
import { html } from '../../lib/ui.js'
import { useForm } from '../../lib/use-form.js'

/** Begins a conversation: which project it is about, what it is called, and the first words. */
export function NewThread({ open, portal, onClose, projectId = '' }) {
  return html`<${Dialog} title=${t('portal.messages.new')} open=${open} onClose=${onClose}>
    <${ThreadForm} portal=${portal} projectId=${projectId} onClose=${onClose} />
  <//>`
}

function ThreadForm({ portal, projectId, onClose }) {
  const { projects } = portal.snapshot
  const form = useForm({
    initial: { projectId: projectId || projects[0].id, name: '', content: '' },
    draft: 'thread.new',
    check: ({ name, content }) => ({
      name: name.trim() ? '' : t('portal.messages.name_it'),
      content: content.trim() ? '' : t('portal.messages.say_something'),
    }),
    send: async (values, key) => {
      const thread = await portal.api.send(`/api/projects/${values.projectId}/threads`, { name: values.name.trim() }, key)
      portal.put('threads', { ...thread, messages: [] })
      portal.outbox.post({ threadId: thread.id, projectId: values.projectId, content: values.content.trim(), attachments: [], after: '' })
      return thread
    },
    done: (thread) => {
      onClose()
      goTo(`#/messages/${thread.id}`)
    },
  })
  return html`<form class="stack" ref=${form.form} onSubmit=${form.submit} noValidate>
    ${projects.length > 1 &&
    !projectId &&
    html`<${Select} label=${t('portal.messages.about')} options=${projects.map(({ id, name }) => ({ value: id, label: name }))} ...${form.bind('projectId')} />`}
    <${Field} label=${t('portal.messages.subject')} maxlength="200" focus ...${form.bind('name')} />
    <${TextArea} label=${t('portal.messages.first')} rows=${4} maxlength="10000" ...${form.bind('content')} />
    <p class="complaint" role="alert">${form.complaints.all}</p>
    <div class="actions">
      <${Button} kind="primary" type="submit" busy=${form.busy}>${t('portal.messages.send')}<//>
      <${Button} onPress=${onClose}>${t('shared.ui.cancel')}<//>
    </div>
  </form>`
}
