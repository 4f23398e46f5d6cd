import { Button } from '../../components/button.js'
import { Combobox } from '../../components/combobox.js'
import { DateField } from '../../components/date-field.js'
import { Dialog } from '../../components/dialog.js'
import { Field } from '../../components/field.js'
import { MoneyField } from '../../components/money-field.js'
import { Switch } from '../../components/switch.js'
import { TextArea } from '../../components/text-area.js'
import { t } from '../../lib/texts.js'
import { toast } from '../../lib/toasts.js'
import { html, useId } from '../../lib/ui.js'
import { useForm } from '../../lib/use-form.js'
import { findProjects } from '../lib/finding.js'
import { me } from '../lib/session.js'
import { Restored } from '../papers/restored.js'
import { clockOf, minutesOf } from './duration.js'
import { complaintsIn, findTasks, saveEntry, valuesOf } from './entry-values.js'

/** The form of an entry: `entry` is one that there is, `{}` for a new one, null while it is closed. */
export function EntryDialog({ entry, ...rest }) {
  return entry ? html`<${Form} key=${entry.id ?? 'new'} entry=${entry} ...${rest} />` : null
}

function Form({ entry, project, onDone, onClose }) {
  const id = useId()
  const form = useForm({
    initial: valuesOf(entry, project),
    draft: `app.time.${entry.id ?? `new.${project?.id ?? ''}`}`,
    stamp: entry.updatedAt,
    check: complaintsIn,
    send: (values, key) => saveEntry(entry, values, key),
    done: (saved) => {
      toast({ text: t('app.time.saved', { time: clockOf(saved.minutes) }) })
      onDone(saved)
      onClose()
    },
  })
  const { values } = form
  const minutes = minutesOf(values.duration)
  const actions = html`<${Button} onPress=${onClose}>${t('shared.ui.cancel')}<//>
    <${Button} kind="primary" type="submit" form=${id} busy=${form.busy}>${t('app.time.save')}<//>`
  return html`<${Dialog} open title=${t(entry.id ? 'app.time.edit_title' : 'app.time.add')} onClose=${onClose} actions=${actions}>
    <form id=${id} class="fields" ref=${form.form} onSubmit=${form.submit} novalidate>
      ${entry.id && form.isRestored && html`<${Restored} isStale=${form.isStale} onDiscard=${() => form.reset()} />`}
      ${!entry.id && !project && html`<${Combobox} label=${t('app.time.project')} placeholder=${t('app.time.choose_project')}
        search=${findProjects} ...${form.bind('project')} />`}
      <${Field} label=${t('app.time.what')} maxlength="1000" focus ...${form.bind('description')} />
      <div class="fields-row">
        <${Field} label=${t('app.time.duration')} autocomplete="off"
          hint=${minutes ? t('app.time.comes_to', { time: clockOf(minutes) }) : t('app.time.duration_hint')} ...${form.bind('duration')} />
        <${DateField} label=${t('app.time.date')} ...${form.bind('date')} />
      </div>
      <${Switch} label=${t('app.time.billable')} hint=${t('app.time.billable_hint')} on=${values.billable} onSwitch=${(billable) => form.change({ billable })} />
      ${values.billable && html`<${MoneyField} label=${t('app.time.rate')} optional hint=${t('app.time.rate_hint')}
        currency=${entry.currency ?? me.value.agency.currency} ...${form.bind('rate')} />`}
      ${values.project && html`<${Combobox} label=${t('app.time.task')} optional search=${(q) => findTasks(values.project.value, q)} ...${form.bind('task')} />`}
      <${TextArea} label=${t('app.time.note')} optional rows=${2} hint=${t('app.time.note_hint')} maxlength="10000" ...${form.bind('note')} />
      <p class="complaint" role="alert">${form.complaints.all ?? ''}</p>
    </form>
  <//>`
}
