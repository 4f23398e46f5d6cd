import { Button } from '../../components/button.js'
import { Icon } from '../../components/icon.js'
import { IconButton } from '../../components/icon-button.js'
import { size } from '../../lib/format.js'
import { t } from '../../lib/texts.js'
import { html } from '../../lib/ui.js'

/** A file on its way: how much of it has arrived, or why it did not. */
export function UploadChip({ file, share, complaint, onAgain, onRemove }) {
  return html`<div class=${complaint ? 'chip-file chip-file-failed' : 'chip-file'}>
    <${Icon} name=${complaint ? 'circle-alert' : 'paperclip'} />
    <span class="chip-file-main">
      <span class="chip-file-name" dir="auto">${file.name}</span>
      ${complaint ? html`<span class="complaint" role="alert">${complaint}</span>` : share === null && html`<span class="quiet">${size(file.size)}</span>`}
      ${share !== null && html`<progress max="1" value=${share} aria-label=${t('portal.files.uploading', { name: file.name })}></progress>`}
    </span>
    ${complaint && onAgain && html`<${Button} kind="plain" onPress=${onAgain}>${t('shared.ui.retry')}<//>`}
    ${onRemove && html`<${IconButton} icon="x" label=${t('portal.files.leave_out', { name: file.name })} onPress=${onRemove} />`}
  </div>`
}
