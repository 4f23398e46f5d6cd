import { Badge } from '../../components/badge.js'
import { Conversation } from '../messages/conversation.js'
import { FileCard } from '../files/file-card.js'
import { MissingSection } from '../shell/missing-section.js'
import { UpdateList } from './update-list.js'
import { day } from '../../lib/format.js'
import { html } from '../../lib/ui.js'
import { PROJECT_STATES } from '../../lib/words.js'
import { NothingHere } from '../../components/nothing-here.js'

export function ProjectPage({ id, portal }) {
  const { snapshot, actions } = portal
  const project = snapshot.projects.find((one) => one.id === id)
  if (!project) return html`<${NothingHere} />`
  const on = (module) => snapshot.settings.enabled_modules.includes(module)
  const of = (rows) => rows.filter((row) => row.projectId === id)
  const updates = of(snapshot.updates)
  return html`<main id="main" tabindex="-1">
    <h1>${project.name}</h1>
    <p>
      <${Badge} tone=${project.status === 'completed' ? 'success' : 'info'}>${PROJECT_STATES[project.status]}<//>
      ${project.dueDate && html` <span class="quiet">due ${day(project.dueDate)}</span>`}
    </p>
    ${project.description && html`<p class="long-text">${project.description}</p>`}
    ${updates.length > 0 &&
    html`<section aria-labelledby="updates"><h2 id="updates">Updates</h2><${UpdateList} updates=${updates} /></section>`}
    ${on('files') &&
    html`<section aria-labelledby="files">
      <h2 id="files">Files</h2>
      <${Files} files=${of(snapshot.files)} client=${snapshot.client} actions=${actions} />
    </section>`}
    ${on('messages') &&
    html`<section aria-labelledby="messages">
      <h2 id="messages">Messages</h2>
      ${snapshot.unavailable.includes('threads')
        ? html`<${MissingSection} what="your messages" onRetry=${portal.load} />`
        : html`<${Threads} threads=${of(snapshot.threads)} project=${project} onWrite=${actions.write} />`}
    </section>`}
  </main>`
}

function Files({ files, client, actions }) {
  if (files.length === 0) return html`<p class="quiet">No files yet. You will be told when there is something to look at.</p>`
  const act = (name, file, details) => actions[name](file, details)
  return html`<ul class="rows">
    ${files.map((file) => html`<${FileCard} key=${file.id} file=${file} client=${client} onAct=${act} />`)}
  </ul>`
}

function Threads({ threads, project, onWrite }) {
  const shown = threads.length > 0 ? threads : [null]
  return shown.map(
    (thread) => html`${shown.length > 1 && html`<h3>${thread.name}</h3>`}
      <${Conversation} key=${thread?.id} thread=${thread} project=${project} onWrite=${onWrite} />`,
  )
}
