// Where a lead stands, in words.
import { Badge } from '../../components/badge.js'
import { t } from '../../lib/texts.js'
import { html } from '../../lib/ui.js'

const TONES = { new: 'info', contacted: 'warning', won: 'success', lost: 'neutral' }
export const STATES = Object.keys(TONES)

export function LeadState({ lead }) {
  if (lead.spam) return html`<${Badge} tone="danger">${t('app.leads.spam')}<//>`
  return html`<${Badge} tone=${TONES[lead.status] ?? 'neutral'}>${t(`app.leads.states.${lead.status}`)}<//>`
}
