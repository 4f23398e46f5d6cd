import { Link } from '../../components/link.js'
import { Progress } from '../../components/progress.js'
import { t } from '../../lib/texts.js'
import { html } from '../../lib/ui.js'
import { useLive } from '../lib/live.js'
import { useList } from '../lib/use-list.js'
import { ProjectStatus } from '../projects/status.js'
import { Section } from './section.js'

const SHOWN = 5

export function ClientProjects({ client }) {
  const list = useList('/api/projects', { clientId: client.id, limit: SHOWN })
  useLive(['project.'], list.reload)
  return html`<${Section} title=${t('app.clients.projects')} list=${list} all=${`/app/projects?client=${client.id}`} empty=${t('app.clients.no_projects')}>
    <ul class="client-rows">
      ${list.rows.map((project) => html`<li key=${project.id}>
        <${Link} to=${`/app/projects/${project.id}`} class="client-row-name" dir="auto">${project.name}<//>
        <span class="client-row-progress project-progress"><${Progress} label=${t('app.clients.progress')} value=${project.progress} /></span>
        <${ProjectStatus} status=${project.status} />
      </li>`)}
    </ul>
  <//>`
}
