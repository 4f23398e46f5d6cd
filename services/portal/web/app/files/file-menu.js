import { Menu } from '../../components/menu.js'
import { goTo } from '../../lib/place.js'
import { t } from '../../lib/texts.js'
import { html, useState } from '../../lib/ui.js'
import { removeLater } from '../lib/remove-later.js'
import { pathOf } from './file-acts.js'
import { RenameDialog } from './rename-dialog.js'

export function FileMenu({ file, onChange }) {
  const [renaming, setRenaming] = useState(false)
  const erase = () => {
    const here = `/app/files/${file.id}`
    removeLater({ paths: [pathOf(file.id)], text: t('app.files.deleted', { name: file.name }), onBack: () => goTo(here) })
    goTo(file.projectId ? `/app/projects/${file.projectId}/files` : '/app/projects')
  }
  const items = [
    { label: t('app.files.rename'), icon: 'pencil', onPress: () => setRenaming(true) },
    file.status !== 'signed' && { label: t('app.files.delete'), icon: 'trash-2', tone: 'danger', onPress: erase },
  ]
  return html`<${Menu} label=${t('shared.ui.actions')} items=${items} />
    <${RenameDialog} open=${renaming} file=${file} onDone=${onChange} onClose=${() => setRenaming(false)} />`
}
