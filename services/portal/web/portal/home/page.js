// What waits for the client first, then the projects, then what happened.
import { Link } from '../../components/link.js'
import { t } from '../../lib/texts.js'
import { html } from '../../lib/ui.js'
import { ProjectCard } from '../projects/project-card.js'
import { MissingSection } from '../shell/missing-section.js'
import { useTitle } from '../shell/use-title.js'
import { Happened } from './happened.js'
import { WaitingList } from './waiting-list.js'

const SHOWN = 6

export function HomePage({ portal }) {
  const { settings, client } = portal.snapshot
  useTitle(portal)
  const on = (module) => settings.enabled_modules.includes(module)
  return html`<main id="main" tabindex="-1" class="home">
    <header class="home-head">
      <h1>${t('portal.home.hello', { name: html`<bdi>${client.name}</bdi>` })}</h1>
      ${settings.welcome_message && html`<p class="welcome" dir="auto">${settings.welcome_message}</p>`}
    </header>
    <section aria-labelledby="waiting">
      <h2 id="waiting">${t('portal.home.waiting')}</h2>
      <${WaitingList} portal=${portal} />
    </section>
    <div class="home-columns">
      ${on('projects') &&
      html`<section aria-labelledby="projects">
        <h2 id="projects">${t('portal.sections.projects')}</h2>
        <${Projects} portal=${portal} />
      </section>`}
      <${Happened} portal=${portal} />
    </div>
  </main>`
}

function Projects({ portal }) {
  const { projects, unavailable } = portal.snapshot
  if (unavailable.includes('projects')) return html`<${MissingSection} section="projects" onRetry=${portal.load} />`
  if (projects.length === 0) return html`<p class="quiet">${t('portal.projects.none')}</p>`
  // What is under way stands before what is done.
  const ordered = [...projects].sort((one, other) => Number(isDone(one)) - Number(isDone(other)))
  return html`<ul class="rows">
      ${ordered.slice(0, SHOWN).map((project) => html`<${ProjectCard} key=${project.id} project=${project} />`)}
    </ul>
    ${ordered.length > SHOWN && html`<p class="home-rest"><${Link} to="#/projects">${t('portal.home.all_projects', { count: ordered.length })}<//></p>`}`
}

const isDone = ({ status }) => status === 'completed' || status === 'archived'
