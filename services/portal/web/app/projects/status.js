// The states of projects: how they look, and what each may become.
import { Badge } from '../../components/badge.js'
import { t } from '../../lib/texts.js'
import { html } from '../../lib/ui.js'

export const STATUSES = ['active', 'on_hold', 'completed', 'archived']
const TONES = { active: 'info', on_hold: 'warning', completed: 'success', archived: 'neutral' }
const NEXT = {
  active: ['on_hold', 'archived'],
  on_hold: ['active', 'archived'],
  completed: ['active', 'archived'],
  archived: ['active'],
}

/** What a status may become without telling the client anything; completing it is a thing of its own. */
export const nextOf = (status) => NEXT[status] ?? []

export const canComplete = (status) => status === 'active' || status === 'on_hold'

export function ProjectStatus({ status }) {
  return html`<${Badge} tone=${TONES[status] ?? 'neutral'}>${t(`app.projects.status.${status}`)}<//>`
}
