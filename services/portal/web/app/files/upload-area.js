import { Checkbox } from '../../components/checkbox.js'
import { DropZone } from '../../components/drop-zone.js'
import { t } from '../../lib/texts.js'
import { html, useState } from '../../lib/ui.js'
import { addUploads } from './uploads.js'

/** Where files are dropped or chosen, and who may see them. */
export function UploadArea({ projectId }) {
  const [visible, setVisible] = useState(true)
  const [notify, setNotify] = useState(false)
  return html`<div class="upload-area">
    <${DropZone} multiple hint=${t('app.files.drop_hint')} onFiles=${(files) => addUploads(projectId, files, { visible, notify })} />
    <div class="upload-choices-row">
      <${Checkbox} label=${t('app.files.show_new')} on=${visible} onSwitch=${setVisible} />
      ${visible && html`<${Checkbox} label=${t('app.files.tell_client')} on=${notify} onSwitch=${setNotify} />`}
    </div>
  </div>`
}
