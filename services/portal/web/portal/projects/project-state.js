import { Badge } from '../../components/badge.js'
import { named } from '../../lib/texts.js'
import { html } from '../../lib/ui.js'

const TONES = { active: 'info', on_hold: 'warning', completed: 'success' }

export function ProjectState({ project }) {
  return html`<${Badge} tone=${TONES[project.status]}>${named('shared.project_states', project.status)}<//>`
}
