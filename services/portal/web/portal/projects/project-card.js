import { Link } from '../../components/link.js'
import { Progress } from '../../components/progress.js'
import { day, dayOf, percent } from '../../lib/format.js'
import { t } from '../../lib/texts.js'
import { html } from '../../lib/ui.js'
import { ProjectState } from './project-state.js'

/** A project and how far it is; the whole card leads to it. */
export function ProjectCard({ project }) {
  const done = project.status === 'completed'
  return html`<li class="card project-card">
    <div class="project-card-head">
      <h3><${Link} to=${`#/projects/${project.id}`} class="card-way" dir="auto">${project.name}<//></h3>
      <${ProjectState} project=${project} />
    </div>
    ${project.description && html`<p class="clamp" dir="auto">${project.description}</p>`}
    ${!done && html`<${Progress} label=${t('portal.projects.progress_of', { name: project.name })} value=${project.progress} bare />`}
    <p class="quiet project-card-facts">
      <span>${done ? t('portal.projects.completed', { date: dayOf(project.completedAt) }) : t('portal.projects.done', { share: percent(project.progress) })}</span>
      ${project.dueDate && !done && html`<span>${t('portal.projects.due', { date: day(project.dueDate) })}</span>`}
    </p>
  </li>`
}
