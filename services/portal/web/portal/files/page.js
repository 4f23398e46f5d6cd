// One file: what it looks like, what was said of it, and what the client decides.
import { NothingHere } from '../../components/nothing-here.js'
import { PageHead } from '../../components/page-head.js'
import { t } from '../../lib/texts.js'
import { html, useState } from '../../lib/ui.js'
import { MissingSection } from '../shell/missing-section.js'
import { useTitle } from '../shell/use-title.js'
import { Comments } from './comments.js'
import { DecisionBar } from './decision-bar.js'
import { FileState } from './file-state.js'
import { Preview } from './preview.js'
import { Verdict } from './verdict.js'
import { Versions } from './versions.js'

export default function FilePage({ id, portal }) {
  const { files, projects, unavailable } = portal.snapshot
  const file = files.find((one) => one.id === id)
  if (file) return html`<${OneFile} file=${file} project=${projects.find((one) => one.id === file.projectId)} portal=${portal} />`
  if (!unavailable.includes('files')) return html`<${NothingHere} />`
  return html`<main id="main" tabindex="-1">
    <h1>${t('portal.files.title')}</h1>
    <${MissingSection} section="files" onRetry=${portal.load} />
  </main>`
}

function OneFile({ file, project, portal }) {
  const [looking, setLooking] = useState(null)
  // An older version is looked at until another one comes.
  const version = looking?.latest === file.version ? looking.version : file.version
  const look = (one) => setLooking({ latest: file.version, version: one })
  useTitle(portal, file.name)
  const back = project
    ? { to: `#/projects/${project.id}/files`, name: html`<bdi>${project.name}</bdi>` }
    : { to: '#/', name: t('portal.sections.home') }
  return html`<main id="main" tabindex="-1" class="file-page">
    <${PageHead} title=${file.name} badge=${html`<${FileState} file=${file} />`} back=${back} />
    <div class="file-columns">
      <div class="file-view"><${Preview} key=${`${file.id}/${version}`} file=${file} version=${version} portal=${portal} /></div>
      <div class="file-side">
        <${Verdict} file=${file} />
        <${DecisionBar} file=${file} portal=${portal} />
        <${Versions} file=${file} version=${version} portal=${portal} onLook=${look} />
        <${Comments} file=${file} portal=${portal} />
      </div>
    </div>
  </main>`
}
