import { Card } from '../../components/card.js'
import { Link } from '../../components/link.js'
import { Timeline } from '../../components/timeline.js'
import { t } from '../../lib/texts.js'
import { html } from '../../lib/ui.js'
import { activityItems } from './activity-items.js'

const SHOWN = 5

export function LatestActivity({ project, list }) {
  if (list.phase !== 'ready' || list.rows.length === 0) return null
  return html`<${Card} title=${t('app.projects.parts.activity')} actions=${html`<${Link}
    to=${`/app/projects/${project.id}/activity`}>${t('app.projects.all_activity')}<//>`}>
    <${Timeline} label=${t('app.projects.parts.activity')} items=${activityItems(list.rows.slice(0, SHOWN))} />
  <//>`
}
