import { InvoiceRow } from '../invoices/invoice-row.js'
import { MissingSection } from '../shell/missing-section.js'
import { ProjectCard } from '../projects/project-card.js'
import { UpdateList } from '../projects/update-list.js'
import { WaitingList } from './waiting-list.js'
import { html } from '../../lib/ui.js'
import { waitingFor } from './waiting.js'

const LATEST = 3

/** What waits for the client first, then the projects, then what happened. */
export function HomePage({ portal }) {
  const { snapshot } = portal
  const { projects, files, updates, invoices, settings, unavailable, client } = snapshot
  const missing = (section) => unavailable.includes(section)
  const on = (module) => settings.enabled_modules.includes(module)
  return html`<main id="main" tabindex="-1">
    <h1>Hello <bdi>${client.name}</bdi></h1>
    ${settings.welcome_message && html`<p class="welcome">${settings.welcome_message}</p>`}
    <section aria-labelledby="waiting">
      <h2 id="waiting">Waiting for you</h2>
      <${WaitingList} waiting=${waitingFor(snapshot)} />
    </section>
    ${on('projects') &&
    html`<section aria-labelledby="projects">
      <h2 id="projects">Projects</h2>
      ${missing('projects')
        ? html`<${MissingSection} what="your projects" onRetry=${portal.load} />`
        : html`<${Projects} projects=${projects} files=${files} />`}
    </section>`}
    ${updates.length > 0 &&
    html`<section aria-labelledby="updates">
      <h2 id="updates">Latest updates</h2>
      <${UpdateList} updates=${updates.slice(0, LATEST)} />
    </section>`}
    ${on('invoices') &&
    html`<section aria-labelledby="invoices">
      <h2 id="invoices">Invoices</h2>
      ${missing('invoices')
        ? html`<${MissingSection} what="your invoices" onRetry=${portal.load} />`
        : html`<${Invoices} invoices=${invoices.slice(0, LATEST)} />`}
    </section>`}
  </main>`
}

function Projects({ projects, files }) {
  if (projects.length === 0) return html`<p class="quiet">No projects yet. They appear here as soon as work starts.</p>`
  return html`<ul class="cards">
    ${projects.map(
      (project) => html`<${ProjectCard} key=${project.id} project=${project}
        files=${files.filter((file) => file.projectId === project.id).length} />`,
    )}
  </ul>`
}

function Invoices({ invoices }) {
  if (invoices.length === 0) return html`<p class="quiet">No invoices yet.</p>`
  return html`<ul class="rows">${invoices.map((invoice) => html`<${InvoiceRow} key=${invoice.id} invoice=${invoice} />`)}</ul>`
}
