// How a project stands, at a glance.
import { Card } from '../../components/card.js'
import { DefinitionList } from '../../components/definition-list.js'
import { Link } from '../../components/link.js'
import { MarkdownText } from '../../components/markdown-text.js'
import { Progress } from '../../components/progress.js'
import { When } from '../../components/when.js'
import { t } from '../../lib/texts.js'
import { html } from '../../lib/ui.js'
import { useList } from '../lib/use-list.js'
import { Due } from './due.js'
import { LatestActivity } from './latest-activity.js'
import { LatestFeedback } from './latest-feedback.js'
import { LatestUpdate } from './latest-update.js'
import { People } from './people.js'
import { useProjectNews } from './use-project-news.js'

const SEEN = 50

export default function Overview({ project, client }) {
  const activity = useList(`/api/projects/${project.id}/activity`, { limit: SEEN })
  useProjectNews(project.id, activity.reload)
  return html`<div class="overview">
    <div class="overview-main">
      <${Card} title=${t('app.projects.progress')}>
        <${Progress} label=${t('app.projects.tasks_done')} value=${project.progress} />
        <p class="card-way"><${Link} to=${`/app/projects/${project.id}/board`}>${t('app.projects.open_board')}<//></p>
      <//>
      <${Card} title=${t('app.projects.description')}>
        ${project.description
          ? html`<${MarkdownText} text=${project.description} />`
          : html`<p class="quiet">${t('app.projects.no_description')} <${Link} to=${`/app/projects/${project.id}/settings`}>${t('app.projects.add_one')}<//></p>`}
      <//>
      <${LatestUpdate} project=${project} />
      <${LatestActivity} project=${project} list=${activity} />
    </div>
    <div class="overview-side">
      <${Card} title=${t('app.projects.facts')}><${Facts} ...${{ project, client }} /><//>
      ${project.status !== 'active' && project.completedAt && html`<${LatestFeedback} project=${project} />`}
      <${People} client=${client} activity=${activity} />
    </div>
  </div>`
}

function Facts({ project, client }) {
  const items = [
    { term: t('app.projects.client'), value: client && html`<${Link} to=${`/app/clients/${client.id}`} dir="auto">${client.name}<//>` },
    { term: t('app.projects.company'), value: client?.company && html`<bdi>${client.company}</bdi>` },
    { term: t('app.projects.due'), value: html`<${Due} on=${project.dueDate} done=${project.status !== 'active'} />` },
    { term: t('app.projects.begun'), value: html`<${When} on=${dayOf(project.createdAt)} />` },
    { term: t('app.projects.completed_on'), value: project.completedAt && html`<${When} on=${dayOf(project.completedAt)} />` },
  ]
  return html`<${DefinitionList} items=${items} />`
}

const dayOf = (instant) => new Date(Date.parse(instant) - new Date(instant).getTimezoneOffset() * 60_000).toISOString()
