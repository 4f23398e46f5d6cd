// All projects, or one of them with its parts.
import { EmptyState } from '../../components/empty-state.js'
import { NothingHere } from '../../components/nothing-here.js'
import { PageHead } from '../../components/page-head.js'
import { t } from '../../lib/texts.js'
import { html } from '../../lib/ui.js'
import { MissingSection } from '../shell/missing-section.js'
import { useTitle } from '../shell/use-title.js'
import { ProjectCard } from './project-card.js'
import { ProjectPage } from './project.js'

export default function ProjectsPage({ id, part, portal }) {
  if (!id) return html`<${AllProjects} portal=${portal} />`
  const project = portal.snapshot.projects.find((one) => one.id === id)
  if (project) return html`<${ProjectPage} project=${project} part=${part} portal=${portal} />`
  if (!portal.snapshot.unavailable.includes('projects')) return html`<${NothingHere} />`
  return html`<main id="main" tabindex="-1">
    <${PageHead} title=${t('portal.sections.projects')} />
    <${MissingSection} section="projects" onRetry=${portal.load} />
  </main>`
}

function AllProjects({ portal }) {
  const { projects, unavailable } = portal.snapshot
  useTitle(portal, t('portal.sections.projects'))
  const away = unavailable.includes('projects')
  return html`<main id="main" tabindex="-1">
    <${PageHead} title=${t('portal.sections.projects')} />
    ${away && html`<${MissingSection} section="projects" onRetry=${portal.load} />`}
    ${!away && projects.length === 0 && html`<${EmptyState} icon="folder" title=${t('portal.projects.empty')} text=${t('portal.projects.none')} />`}
    ${GROUPS.map(([name, states]) => {
      const found = projects.filter(({ status }) => states.includes(status))
      return found.length > 0 && html`<section key=${name} aria-labelledby=${`group-${name}`}>
        <h2 id=${`group-${name}`}>${t(`portal.projects.groups.${name}`)}</h2>
        <ul class="project-cards">${found.map((project) => html`<${ProjectCard} key=${project.id} project=${project} />`)}</ul>
      </section>`
    })}
  </main>`
}

const GROUPS = [
  ['open', ['active', 'on_hold']],
  ['done', ['completed', 'archived']],
]
