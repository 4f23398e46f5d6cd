import { t } from '../../lib/texts.js'
import { toast } from '../../lib/toasts.js'
import { explain } from '../../lib/words.js'
import { patch } from '../lib/api.js'
import { canComplete } from './status.js'

/** Moves a project to another status at once; what the server refuses is taken back. */
export async function changeStatus(project, status, onChange) {
  const before = project.status
  onChange({ status })
  try {
    onChange(await patch(`/api/projects/${project.id}`, { status }))
    // Back to completed would tell the client again that the project is done.
    const undo = canComplete(before) || before === 'archived' ? () => changeStatus({ ...project, status }, before, onChange) : null
    toast({ text: t('app.projects.status_changed', { status: t(`app.projects.status.${status}`) }), undo })
  } catch (refusal) {
    onChange({ status: before })
    toast({ tone: 'danger', text: explain(refusal) })
  }
}
