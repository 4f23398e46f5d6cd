import { day } from '../../lib/format.js'
import { html } from '../../lib/ui.js'
import { PROJECT_STATES } from '../../lib/words.js'
import { Badge } from '../../components/badge.js'
import { Link } from '../../components/link.js'

const TONES = { active: 'info', completed: 'success' }

export function ProjectCard({ project, files }) {
  return html`<li class="card project-card">
    <h3><${Link} to=${`#/projects/${project.id}`}>${project.name}<//></h3>
    <${Badge} tone=${TONES[project.status]}>${PROJECT_STATES[project.status] ?? project.status}<//>
    ${project.description && html`<p class="clamp">${project.description}</p>`}
    <p class="quiet">
      ${files === 1 ? '1 file' : `${files} files`}${project.dueDate && ` · due ${day(project.dueDate)}`}
    </p>
  </li>`
}
