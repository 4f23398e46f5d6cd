// One project: its overview, and its other parts side by side.
import { NothingHere } from '../../components/nothing-here.js'
import { PageHead } from '../../components/page-head.js'
import { Tabs } from '../../components/tabs.js'
import { t } from '../../lib/texts.js'
import { html, useEffect } from '../../lib/ui.js'
import { isUnread } from '../home/waiting.js'
import { useTitle } from '../shell/use-title.js'
import { Board } from './board.js'
import { Overview } from './overview.js'
import { ProjectFiles } from './project-files.js'
import { ProjectMessages } from './project-messages.js'
import { ProjectState } from './project-state.js'
import { TimeList } from './time-list.js'

// In order: the part of the address, the module it belongs to, and what it shows.
const PARTS = [
  ['overview', 'projects', Overview],
  ['board', 'tasks', Board],
  ['files', 'files', ProjectFiles],
  ['messages', 'messages', ProjectMessages],
  ['time', 'time_logs', TimeList],
]

export function ProjectPage({ project, part, portal }) {
  const { snapshot, waiting, seen } = portal
  const modules = snapshot.settings.enabled_modules
  const parts = PARTS.filter(([, module]) => modules.includes(module))
  const [name, , Part] = parts.find(([one]) => one === (part ?? 'overview')) ?? []
  useTitle(portal, name && name !== 'overview' && t(`portal.projects.parts.${name}`), project.name)
  // On a phone the tab may lie beside the window.
  useEffect(() => document.querySelector('.project .tab[aria-current]')?.scrollIntoView({ block: 'nearest', inline: 'nearest' }), [name])
  if (!Part) return html`<${NothingHere} />`
  const counts = {
    files: waiting.files.filter(({ projectId }) => projectId === project.id).length,
    messages: snapshot.threads.filter((thread) => thread.projectId === project.id && isUnread(thread, seen.messages)).length,
  }
  const tabs = parts.map(([key]) => ({
    key,
    name: t(`portal.projects.parts.${key}`),
    count: counts[key] || undefined,
    to: key === 'overview' ? `#/projects/${project.id}` : `#/projects/${project.id}/${key}`,
  }))
  return html`<main id="main" tabindex="-1" class=${`project project-${name}`}>
    <${PageHead} title=${project.name} badge=${html`<${ProjectState} project=${project} />`}
      back=${{ to: '#/projects', name: t('portal.sections.projects') }} />
    ${tabs.length > 1 && html`<${Tabs} label=${t('portal.projects.parts_of')} tabs=${tabs} value=${name} />`}
    <div class="project-part"><${Part} project=${project} portal=${portal} /></div>
  </main>`
}
