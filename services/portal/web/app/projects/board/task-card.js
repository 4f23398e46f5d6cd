import { Avatar } from '../../../components/avatar.js'
import { Icon } from '../../../components/icon.js'
import { t } from '../../../lib/texts.js'
import { html } from '../../../lib/ui.js'
import { useNames } from '../../lib/names.js'
import { Due, isPast } from '../due.js'

/** A task in short. All of the card opens it; `keys` hears what is pressed while it has the focus. */
export function TaskCard({ task, hint, keys, ghost = false, onOpen }) {
  const memberOf = useNames('members', [task.assigneeId])
  const assignee = memberOf(task.assigneeId)
  const late = task.dueDate && task.status !== 'complete' && isPast(task.dueDate)
  const facts = task.dueDate || !task.visibleToClient || assignee
  return html`<div class=${late ? 'task-card task-late' : 'task-card'}>
    <button type="button" class="task-open" tabindex=${ghost ? -1 : undefined} aria-describedby=${ghost ? undefined : hint}
      onClick=${onOpen} ...${keys}><span class="task-title" dir="auto">${task.title}</span></button>
    <span class="task-grip" aria-hidden="true"><${Icon} name="grip-vertical" /></span>
    ${facts && html`<div class="task-facts">
      ${task.dueDate && html`<span class="task-fact"><${Icon} name="calendar" /><${Due} on=${task.dueDate} done=${task.status === 'complete'} /></span>`}
      ${!task.visibleToClient && html`<span class="task-fact"><${Icon} name="eye-off" />${t('app.board.hidden')}</span>`}
      ${assignee && html`<span class="task-fact task-assignee" title=${assignee.name}><${Avatar} name=${assignee.name} size="small" /><span
        class="visually-hidden">${assignee.name}</span></span>`}
    </div>`}
  </div>`
}
