import { DropZone } from '../../components/drop-zone.js'
import { t } from '../../lib/texts.js'
import { toast } from '../../lib/toasts.js'
import { html } from '../../lib/ui.js'
import { UploadChip } from './upload-chip.js'
import { useUploads } from './use-uploads.js'

/** Where a client hands files in: each is shown with how much of it has arrived. */
export function UploadZone({ project, portal }) {
  const uploads = useUploads(portal, project.id, ({ name }) => toast({ text: t('portal.files.uploaded', { name }) }))
  return html`<div class="upload-zone">
    <${DropZone} label=${t('portal.files.hand_in')} hint=${t('portal.files.hand_in_hint')} multiple onFiles=${(files) => files.forEach(uploads.start)} />
    ${uploads.list.length > 0 &&
    html`<ul class="upload-list">
      ${uploads.list.filter(({ file }) => !file.id).map((one) => html`<li key=${one.key}>
        <${UploadChip} ...${one} onAgain=${() => uploads.again(one)} onRemove=${() => uploads.remove(one)} />
      </li>`)}
    </ul>`}
  </div>`
}
