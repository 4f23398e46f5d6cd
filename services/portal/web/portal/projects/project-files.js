import { EmptyState } from '../../components/empty-state.js'
import { t } from '../../lib/texts.js'
import { html } from '../../lib/ui.js'
import { FileList } from '../files/file-list.js'
import { UploadZone } from '../files/upload-zone.js'
import { MissingSection } from '../shell/missing-section.js'

/** What was shared in a project, by either side. */
export function ProjectFiles({ project, portal }) {
  const { files, settings, unavailable } = portal.snapshot
  const mine = files.filter(({ projectId }) => projectId === project.id)
  if (unavailable.includes('files')) return html`<${MissingSection} section="files" onRetry=${portal.load} />`
  return html`<div class="project-files-part">
    ${mine.length > 0
      ? html`<${FileList} files=${mine} />`
      : html`<${EmptyState} icon="file" title=${t('portal.files.none')} text=${t('portal.files.none_text')} />`}
    ${settings.allow_file_sharing && html`<${UploadZone} project=${project} portal=${portal} />`}
  </div>`
}
