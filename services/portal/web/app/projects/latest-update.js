import { Card } from '../../components/card.js'
import { Link } from '../../components/link.js'
import { When } from '../../components/when.js'
import { t } from '../../lib/texts.js'
import { html } from '../../lib/ui.js'
import { useLive } from '../lib/live.js'
import { useList } from '../lib/use-list.js'

/** What the client was last told, or how to tell something. */
export function LatestUpdate({ project }) {
  const list = useList('/api/ai', { projectId: project.id, limit: 10 })
  useLive(['update.'], ({ data }) => data.projectId === project.id && list.reload())
  const latest = list.rows.find(({ publishedAt }) => publishedAt)
  const way = html`<${Link} to=${`/app/projects/${project.id}/updates`}>${t(latest ? 'app.projects.all_updates' : 'app.projects.write_update')}<//>`
  if (list.phase !== 'ready') return null
  return html`<${Card} title=${t('app.projects.latest_update')} actions=${way}>
    ${latest
      ? html`<p class="long-text clamp-more" dir="auto">${latest.content}</p><p class="quiet"><${When} at=${latest.publishedAt} relative /></p>`
      : html`<p class="quiet">${t('app.projects.no_update')}</p>`}
  <//>`
}
