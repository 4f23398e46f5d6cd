import { EmptyState } from '../../components/empty-state.js'
import { Icon } from '../../components/icon.js'
import { Menu } from '../../components/menu.js'
import { Table } from '../../components/table.js'
import { When } from '../../components/when.js'
import { size } from '../../lib/format.js'
import { t } from '../../lib/texts.js'
import { html } from '../../lib/ui.js'
import { FileStatus, iconOf } from './status.js'

/** Files in rows; each tells whether the client sees it, and that is switched in its place. */
export function FileTable({ rows, chosen, narrowed, onChosen, onShow, onDelete }) {
  const columns = [
    { key: 'name', head: t('app.files.name'), primary: true, cell: (file) => html`<span class="file-name"><${Icon}
      name=${iconOf(file.mimeType)} /><bdi>${file.name}</bdi></span>` },
    { key: 'status', head: t('app.files.state'), cell: (file) => html`<${FileStatus} status=${file.status} />` },
    { key: 'version', head: t('app.files.version'), align: 'end', cell: ({ version }) => version },
    { key: 'size', head: t('app.files.size'), align: 'end', cell: (file) => size(file.size) },
    { key: 'by', head: t('app.files.by'), cell: ({ uploadedBy, updatedAt }) => html`<span class="file-by"><bdi
      class="clamp">${uploadedBy.name}</bdi><span class="quiet"><${When} at=${updatedAt} relative /></span></span>` },
    { key: 'visible', head: t('app.files.visible'), cell: (file) => html`<${VisibleSwitch} file=${file} onShow=${onShow} />` },
    { key: 'more', head: t('app.files.actions'), bare: true, cell: (file) => html`<${Menu}
      label=${t('app.files.actions_of', { name: file.name })} items=${itemsOf(file, onDelete)} />` },
  ]
  const empty = narrowed
    ? html`<${EmptyState} icon="search" title=${t('app.files.none_found')} text=${t('app.files.none_found_text')} />`
    : html`<${EmptyState} icon="file" title=${t('app.files.none')} text=${t('app.files.none_text')} />`
  return html`<${Table} caption=${t('app.projects.parts.files')} ...${{ columns, rows, chosen, onChosen, empty }}
    href=${({ id }) => `/app/files/${id}`} nameOf=${({ name }) => name} />`
}

function VisibleSwitch({ file, onShow }) {
  const on = file.visibleToClient
  return html`<button type="button" class="switch" role="switch" aria-checked=${on} aria-label=${t('app.files.visible_of', { name: file.name })}
    onClick=${() => onShow([file], !on)}><span class="switch-track"></span></button>`
}

const itemsOf = (file, onDelete) => [
  { label: t('app.files.open'), icon: 'eye', to: `/app/files/${file.id}` },
  { label: t('app.files.download'), icon: 'download', href: `/api/files/${file.id}/content`, download: file.name },
  file.status !== 'signed' && { label: t('app.files.delete'), icon: 'trash-2', tone: 'danger', onPress: () => onDelete(file) },
]
