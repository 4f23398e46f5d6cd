import { Button } from '../../components/button.js'
import { DateField } from '../../components/date-field.js'
import { Field } from '../../components/field.js'
import { TextArea } from '../../components/text-area.js'
import { t } from '../../lib/texts.js'
import { toast } from '../../lib/toasts.js'
import { html } from '../../lib/ui.js'
import { useForm } from '../../lib/use-form.js'
import { patch } from '../lib/api.js'
import { Restored } from '../papers/restored.js'

/** Name, description and due date of a project. */
export function FactsForm({ project, onChange }) {
  const facts = ({ name, description, dueDate }) => ({ name, description, dueDate: dueDate ?? '' })
  const form = useForm({
    initial: facts(project),
    draft: `app.project.${project.id}`,
    stamp: project.updatedAt,
    check: ({ name }) => ({ name: name.trim() ? '' : t('app.projects.name_missing') }),
    send: ({ name, description, dueDate }, key) => patch(`/api/projects/${project.id}`, { name, description, dueDate: dueDate || null }, key),
    done: (changed) => {
      onChange(changed)
      form.reset(facts(changed))
      toast({ text: t('app.projects.saved') })
    },
  })
  return html`<form class="fields" ref=${form.form} onSubmit=${form.submit} novalidate>
    ${form.isRestored && html`<${Restored} isStale=${form.isStale} onDiscard=${() => form.reset(facts(project))} />`}
    <${Field} label=${t('app.projects.name')} maxlength="200" ...${form.bind('name')} />
    <${TextArea} label=${t('app.projects.description')} hint=${t('app.projects.description_hint')} optional maxlength="10000" ...${form.bind('description')} />
    <${DateField} label=${t('app.projects.due')} optional ...${form.bind('dueDate')} />
    <p class="complaint" role="alert">${form.complaints.all ?? ''}</p>
    <div class="actions"><${Button} kind="primary" type="submit" busy=${form.busy}>${t('app.projects.save')}<//></div>
  </form>`
}
