import { Button } from '../../../components/button.js'
import { DateField } from '../../../components/date-field.js'
import { Drawer } from '../../../components/drawer.js'
import { Field } from '../../../components/field.js'
import { Select } from '../../../components/select.js'
import { Switch } from '../../../components/switch.js'
import { TextArea } from '../../../components/text-area.js'
import { t } from '../../../lib/texts.js'
import { toast } from '../../../lib/toasts.js'
import { html, useEffect, useId } from '../../../lib/ui.js'
import { useForm } from '../../../lib/use-form.js'
import { useMembers } from '../../lib/names.js'
import { COLUMNS } from './places.js'

/** All of a task, to be changed. */
export function TaskDrawer({ task, ...rest }) {
  return task ? html`<${Open} task=${task} ...${rest} />` : null
}

function Open({ task, onSave, onDelete, onClose }) {
  const id = useId()
  const members = useMembers()
  const form = useForm({
    initial: { ...valuesOf(task), seen: valuesOf(task) },
    draft: `app.task.${task.id}`,
    check: ({ title }) => ({ title: title.trim() ? '' : t('app.board.title_missing') }),
    send: (values, key) => onSave(task.id, changesOf(values), key),
    done: () => {
      toast({ text: t('app.board.saved') })
      onClose()
    },
  })
  // The draft holds all fields: those that nobody touched here follow what others make of the task meanwhile.
  useEffect(() => {
    if (JSON.stringify(form.values.seen) !== JSON.stringify(valuesOf(task))) form.change((values) => following(values, task))
  }, [task])
  // What is typed stays for the next time, until it is saved or thrown away.
  const unsaved = Object.keys(changesOf(form.values)).length > 0
  const erase = () => {
    form.reset()
    onClose()
    onDelete(task)
  }
  const actions = html`<${Button} kind="plain" icon="trash-2" onPress=${erase}>${t('app.board.delete')}<//>
    <${Button} kind="primary" type="submit" form=${id} busy=${form.busy}>${t('app.board.save')}<//>`
  return html`<${Drawer} open title=${t('app.board.task')} onClose=${onClose} actions=${actions}>
    <form id=${id} class="fields" ref=${form.form} onSubmit=${form.submit} novalidate>
      <${Field} label=${t('app.board.title')} maxlength="200" ...${form.bind('title')} />
      <${TextArea} label=${t('app.board.description')} optional maxlength="10000" rows=${5} ...${form.bind('description')} />
      <${Select} label=${t('app.board.column')} options=${COLUMNS.map((value) => ({ value, label: t(`app.board.columns.${value}`) }))} ...${form.bind('status')} />
      <${DateField} label=${t('app.projects.due')} optional ...${form.bind('dueDate')} />
      <${Select} label=${t('app.board.assignee')} empty=${t('app.board.nobody')}
        options=${members.map((one) => ({ value: one.id, label: one.name }))} ...${form.bind('assigneeId')} />
      <${Switch} label=${t('app.board.visible')} hint=${t('app.board.visible_hint')} on=${form.values.visibleToClient}
        onSwitch=${(visibleToClient) => form.change({ visibleToClient })} />
      ${unsaved && html`<p class="quiet unsaved">${t('app.board.unsaved')} <${Button} kind="plain"
        onPress=${() => form.reset({ ...valuesOf(task), seen: valuesOf(task) })}>${t('app.board.forget')}<//></p>`}
      <p class="complaint" role="alert">${form.complaints.all ?? ''}</p>
    </form>
  <//>`
}

const valuesOf = (task) => ({
  title: task.title,
  description: task.description,
  status: task.status,
  dueDate: task.dueDate ?? '',
  assigneeId: task.assigneeId ?? '',
  visibleToClient: task.visibleToClient,
})

function following(values, task) {
  const now = valuesOf(task)
  const untouched = Object.entries(now).filter(([name]) => values[name] === values.seen[name])
  return { ...values, ...Object.fromEntries(untouched), seen: now }
}

/** What was changed, and nothing else: somebody may have moved the task meanwhile. */
function changesOf({ seen, ...values }) {
  const different = Object.entries(values).filter(([name, value]) => value !== seen[name])
  return Object.fromEntries(different.map(([name, value]) => [name, value === '' && name !== 'description' ? null : value]))
}
