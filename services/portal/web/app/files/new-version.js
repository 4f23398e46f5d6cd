import { DropZone } from '../../components/drop-zone.js'
import { t } from '../../lib/texts.js'
import { html } from '../../lib/ui.js'
import { UploadList } from './upload-list.js'
import { addUploads } from './uploads.js'
import { useUploads } from './use-uploads.js'

/** A place for the next version; whatever the new file was called, it goes by the name of this one. */
export function NewVersion({ file, onThere }) {
  const coming = useUploads(file.projectId, (arrived) => arrived.id === file.id && onThere())
  const mine = coming.filter((one) => one.file.name === file.name)
  const take = ([chosen]) => {
    const renamed = new File([chosen], file.name, { type: chosen.type })
    addUploads(file.projectId, [renamed], { visible: file.visibleToClient, notify: false })
  }
  if (!file.projectId) return null
  return html`<div class="new-version">
    <${DropZone} label=${t('app.files.new_version')} hint=${t('app.files.new_version_hint')} onFiles=${take} />
    <${UploadList} projectId=${file.projectId} rows=${mine} />
  </div>`
}
