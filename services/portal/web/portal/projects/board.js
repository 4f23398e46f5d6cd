import { Bones } from '../../components/bones.js'
import { EmptyState } from '../../components/empty-state.js'
import { ErrorState } from '../../components/error-state.js'
import { When } from '../../components/when.js'
import { t } from '../../lib/texts.js'
import { html } from '../../lib/ui.js'
import { useRows } from './use-rows.js'

const COLUMNS = ['todo', 'in_progress', 'in_review', 'query', 'complete']

/** The project's tasks, as far as clients see them, by how far they are; to read only. */
export function Board({ project, portal }) {
  // Clients hear of no tasks; the project's own events come whenever its progress changes.
  const { phase, rows, reload } = useRows(portal.api, `/api/projects/${project.id}/tasks?limit=200`, ['project.updated'])
  if (phase === 'loading') return html`<${Bones} shape="cards" count=${5} />`
  if (phase === 'failed') return html`<${ErrorState} level=${2} onRetry=${reload} />`
  if (rows.length === 0) {
    return html`<${EmptyState} icon="columns-3" title=${t('portal.board.empty')} text=${t('portal.board.empty_text')} />`
  }
  return html`<div class="board" role="region" aria-label=${t('portal.projects.parts.board')} tabindex="0">
    ${COLUMNS.map((name) => html`<${Column} key=${name} name=${name} tasks=${tasksIn(rows, name)} />`)}
  </div>`
}

function Column({ name, tasks }) {
  const id = `column-${name}`
  return html`<section class=${`column column-${name}`} aria-labelledby=${id}>
    <h2 id=${id}><span class="column-mark"></span>${t(`portal.board.${name}`)} <span class="count">${tasks.length}</span></h2>
    ${tasks.length === 0
      ? html`<p class="column-empty">${t('portal.board.nothing')}</p>`
      : html`<ul class="column-tasks">
          ${tasks.map((task) => html`<li key=${task.id} class="task">
            <p class="task-title" dir="auto">${task.title}</p>
            ${task.description && html`<p class="quiet clamp" dir="auto">${task.description}</p>`}
            ${task.dueDate && name !== 'complete' && html`<p class="quiet">${t('portal.projects.due', { date: html`<${When} on=${task.dueDate} />` })}</p>`}
          </li>`)}
        </ul>`}
  </section>`
}

const tasksIn = (tasks, status) => tasks.filter((task) => task.status === status).sort((one, other) => one.position - other.position)
