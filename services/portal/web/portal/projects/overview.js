import { Card } from '../../components/card.js'
import { DefinitionList } from '../../components/definition-list.js'
import { EmptyState } from '../../components/empty-state.js'
import { Progress } from '../../components/progress.js'
import { day, dayOf } from '../../lib/format.js'
import { t } from '../../lib/texts.js'
import { html } from '../../lib/ui.js'
import { FeedbackCard } from './feedback-card.js'
import { Updates } from './updates.js'

/** How far the project is, what the agency last said of it, and what it is about. */
export function Overview({ project, portal }) {
  const updates = portal.snapshot.updates.filter(({ projectId }) => projectId === project.id)
  const completed = project.status === 'completed'
  const people = [...new Set(peopleOf(project, portal.snapshot))]
  return html`<div class="overview">
    <div class="overview-main">
      ${completed && portal.snapshot.settings.enabled_modules.includes('feedback') && html`<${FeedbackCard} project=${project} portal=${portal} />`}
      ${updates.length > 0 && html`<${Updates} updates=${updates} />`}
      ${updates.length === 0 && !project.description && html`<${EmptyState} icon="sparkles" title=${t('portal.projects.no_updates')} text=${t('portal.projects.no_updates_text')} />`}
      ${project.description &&
      html`<${Card} title=${t('portal.projects.about')}><p class="long-text" dir="auto">${project.description}</p><//>`}
    </div>
    <${Card} title=${t('portal.projects.state')}>
      ${!completed && html`<${Progress} label=${t('portal.projects.progress')} value=${project.progress} />`}
      <${DefinitionList} items=${[
        { term: t('portal.projects.started'), value: dayOf(project.createdAt) },
        { term: t('portal.projects.due_on'), value: !completed && project.dueDate && day(project.dueDate) },
        { term: t('portal.projects.completed_on'), value: project.completedAt && dayOf(project.completedAt) },
        { term: t('portal.projects.people'), value: people.length > 0 && people.map((name) => html`<bdi class="person" key=${name}>${name}</bdi>`) },
      ].filter(({ value }) => value)} />
    <//>
  </div>`
}

/** Those of the agency who have written or shown something here: the rest of its people clients do not see. */
function peopleOf(project, { files, threads }) {
  const here = ({ projectId }) => projectId === project.id
  const writers = threads.filter(here).flatMap(({ messages }) => messages.map(({ author }) => author))
  return [...writers, ...files.filter(here).map(({ uploadedBy }) => uploadedBy)]
    .filter(({ kind }) => kind === 'member')
    .map(({ name }) => name)
}
