// One project: its head, and the part of it that is on show.
import { Bones } from '../../components/bones.js'
import { ErrorState } from '../../components/error-state.js'
import { NothingHere } from '../../components/nothing-here.js'
import { PageHead } from '../../components/page-head.js'
import { Skeleton } from '../../components/skeleton.js'
import { Tabs } from '../../components/tabs.js'
import { lazy } from '../../components/lazy.js'
import { t } from '../../lib/texts.js'
import { html, useState } from '../../lib/ui.js'
import { useTitle } from '../lib/use-title.js'
import { CompleteDialog } from './complete-dialog.js'
import { ProjectActions } from './project-actions.js'
import { ProjectStatus } from './status.js'
import { useProject } from './use-project.js'

const Waiting = () => html`<${Bones} shape="rows" count=${4} />`
const Away = ({ onRetry }) => html`<${ErrorState} level=${2} onRetry=${onRetry} />`
const part = (fetchModule) => lazy(fetchModule, Waiting, Away)

const PARTS = {
  overview: part(() => import('./overview.js')),
  board: part(() => import('./board/board.js')),
  files: part(() => import('../files/project-files.js')),
  messages: part(() => import('./messages.js')),
  time: part(() => import('../time/project-time.js')),
  updates: part(() => import('./updates/updates.js')),
  activity: part(() => import('./activity.js')),
  settings: part(() => import('./settings.js')),
}

export default function ProjectPage({ id, part: name = 'overview' }) {
  const project = useProject(id)
  const [completing, setCompleting] = useState(false)
  const Part = PARTS[name]
  useTitle(project.value && Part && (name === 'overview' ? project.value.name : `${t(`app.projects.parts.${name}`)} · ${project.value.name}`))
  if (project.phase === 'missing' || !Part) return html`<${NothingHere} home="/app" />`
  if (project.phase === 'failed') return html`<main id="main" tabindex="-1"><${ErrorState} onRetry=${project.reload} /></main>`
  if (project.phase === 'loading') return html`<${Skeleton} />`
  const { value, client, set } = project
  return html`<main id="main" tabindex="-1" class=${name === 'board' ? 'project project-wide' : 'project'}>
    <${PageHead} title=${value.name} back=${{ to: '/app/projects', name: t('app.projects.title') }}
      badge=${html`<${ProjectStatus} status=${value.status} />`}
      actions=${html`<${ProjectActions} project=${value} onChange=${set} onComplete=${() => setCompleting(true)} primary=${name === 'overview'} />`} />
    <${Tabs} label=${t('app.projects.parts_label')} value=${name} tabs=${tabsOf(id)} />
    <div class="project-part"><${Part} project=${value} client=${client} onChange=${set} onComplete=${() => setCompleting(true)} /></div>
    <${CompleteDialog} open=${completing} project=${value} client=${client} onDone=${set} onClose=${() => setCompleting(false)} />
  </main>`
}

const tabsOf = (id) =>
  Object.keys(PARTS).map((key) => ({
    key,
    name: t(`app.projects.parts.${key}`),
    to: key === 'overview' ? `/app/projects/${id}` : `/app/projects/${id}/${key}`,
  }))
