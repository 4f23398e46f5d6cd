import { Card } from '../../components/card.js'
import { Icon } from '../../components/icon.js'
import { When } from '../../components/when.js'
import { t } from '../../lib/texts.js'
import { html } from '../../lib/ui.js'
import { useLive } from '../lib/live.js'
import { useList } from '../lib/use-list.js'

const BEST = 5

/** What the client thought of a completed project. */
export function LatestFeedback({ project }) {
  const list = useList(`/api/projects/${project.id}/feedback`, { limit: 1 })
  useLive(['feedback.'], ({ data }) => data.projectId === project.id && list.reload())
  const [latest] = list.rows
  if (list.phase !== 'ready') return null
  return html`<${Card} title=${t('app.projects.feedback')}>
    ${latest
      ? html`<p class="stars" role="img" aria-label=${t('app.projects.rating', { count: latest.rating, best: BEST })}>
            ${Array.from({ length: BEST }, (_, at) => html`<span key=${at} class=${at < latest.rating ? 'star star-on' : 'star'}><${Icon} name="star" /></span>`)}
          </p>
          ${latest.comment && html`<p class="long-text" dir="auto">${latest.comment}</p>`}
          <p class="quiet"><${When} at=${latest.createdAt} relative /></p>`
      : html`<p class="quiet">${t('app.projects.no_feedback')}</p>`}
  <//>`
}
