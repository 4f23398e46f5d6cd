import { Button } from '../../components/button.js'
import { Combobox } from '../../components/combobox.js'
import { Field } from '../../components/field.js'
import { t } from '../../lib/texts.js'
import { toast } from '../../lib/toasts.js'
import { html } from '../../lib/ui.js'
import { useForm } from '../../lib/use-form.js'
import { explain } from '../../lib/words.js'
import { findProjects, projectOption } from '../lib/finding.js'
import { findTimer, startTimer } from '../lib/timer.js'

/** One was started elsewhere: it takes the place of the form, whose words are kept for the next time. */
function showOther(refusal) {
  toast({ tone: 'warning', text: explain(refusal) })
  findTimer()
}

/** Starts the timer, of a given project or of one to choose. */
export function TimerForm({ project }) {
  const form = useForm({
    initial: { description: '', project: project ? projectOption(project) : null },
    draft: `app.timer.${project?.id ?? ''}`,
    check: ({ project: chosen }) => ({ project: chosen ? '' : t('app.time.project_missing') }),
    send: async ({ description, project: chosen }, key) => {
      try {
        return await startTimer({ projectId: chosen.value, description: description.trim() || null }, key)
      } catch (refusal) {
        if (refusal.status === 409) showOther(refusal)
        throw refusal
      }
    },
  })
  return html`<form class=${project ? 'timer-form timer-form-short' : 'timer-form'} ref=${form.form} onSubmit=${form.submit} novalidate>
    <${Field} bare label=${t('app.time.doing')} placeholder=${t('app.time.doing')} maxlength="1000" ...${form.bind('description')}
      complaint=${form.complaints.description ?? form.complaints.all ?? ''} />
    ${!project && html`<${Combobox} bare label=${t('app.time.project')} placeholder=${t('app.time.choose_project')} search=${findProjects}
      ...${form.bind('project')} />`}
    <${Button} type="submit" icon="play" busy=${form.busy}>${t('app.time.start')}<//>
  </form>`
}
