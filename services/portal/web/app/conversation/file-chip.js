import { Icon } from '../../components/icon.js'
import { IconButton } from '../../components/icon-button.js'
import { Link } from '../../components/link.js'
import { size } from '../../lib/format.js'
import { t } from '../../lib/texts.js'
import { html } from '../../lib/ui.js'

/** A file beside words: {name, size}, its address where it has one, how much of it has arrived, and a way to leave it out. */
export function FileChip({ file, to, share = null, complaint = '', onRemove }) {
  const facts = html`<span class="file-chip-name one-line" title=${file.name}><bdi>${file.name}</bdi></span>
    ${share === null && file.size !== undefined && html`<span class="quiet">${size(file.size)}</span>`}`
  return html`<div class=${complaint ? 'file-chip file-chip-failed' : 'file-chip'}>
    <${Icon} name=${complaint ? 'circle-alert' : 'paperclip'} />
    ${to ? html`<${Link} class="file-chip-facts" to=${to}>${facts}<//>` : html`<span class="file-chip-facts">${facts}</span>`}
    ${share !== null && !complaint && html`<progress max="1" value=${share} aria-label=${t('app.conversation.uploading', { name: file.name })}></progress>`}
    ${complaint && html`<span class="complaint" role="alert">${complaint}</span>`}
    ${onRemove && html`<${IconButton} icon="x" label=${t('app.conversation.leave_out', { name: file.name })} onPress=${onRemove} />`}
  </div>`
}
