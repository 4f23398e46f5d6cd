import { Icon } from '../../components/icon.js'
import { Link } from '../../components/link.js'
import { When } from '../../components/when.js'
import { size } from '../../lib/format.js'
import { t } from '../../lib/texts.js'
import { html } from '../../lib/ui.js'
import { FileState } from './file-state.js'

export function FileList({ files }) {
  return html`<ul class="list-card">
    ${files.map((file) => html`<li key=${file.id}>
      <${Link} to=${`#/files/${file.id}`} class="list-row file-row">
        <span class="list-icon"><${Icon} name=${iconOf(file)} /></span>
        <span class="list-main">
          <span class="list-what" dir="auto">${file.name}</span>
          <span class="list-about">
            ${t('portal.files.facts', { version: file.version, size: size(file.size), who: html`<bdi>${file.uploadedBy.name}</bdi>`, when: html`<${When} at=${file.createdAt} relative />` })}
          </span>
        </span>
        <${FileState} file=${file} />
        <${Icon} name="chevron-right" />
      <//>
    </li>`)}
  </ul>`
}

export function iconOf({ mimeType, status }) {
  if (status === 'signed') return 'file-signature'
  if (mimeType.startsWith('image/')) return 'image'
  return mimeType === 'application/pdf' || mimeType.startsWith('text/') ? 'file-text' : 'file'
}
