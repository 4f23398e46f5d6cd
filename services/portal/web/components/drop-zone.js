import { t } from '../lib/texts.js'
import { html, useId, useRef, useState } from '../lib/ui.js'
import { Icon } from './icon.js'

/** A place for files: dropped, or chosen. `onFiles` gets an array of them. */
export function DropZone({ label, onFiles, hint = '', multiple = false, accept, disabled = false, complaint = '' }) {
  const id = useId()
  const input = useRef(null)
  const [over, setOver] = useState(false)
  const [folders, setFolders] = useState(false)
  const take = (list) => {
    setFolders(false)
    const files = [...list].slice(0, multiple ? undefined : 1)
    if (files.length > 0 && !disabled) onFiles(files)
  }
  const hold = (event) => {
    event.preventDefault()
    setOver(!disabled)
  }
  const drop = (event) => {
    event.preventDefault()
    setOver(false)
    const isFolder = [...event.dataTransfer.items].map((item) => Boolean(item.webkitGetAsEntry?.()?.isDirectory))
    take([...event.dataTransfer.files].filter((_, at) => !isFolder[at]))
    setFolders(isFolder.includes(true))
  }
  const choose = () => {
    take(input.current.files)
    input.current.value = ''
  }
  return html`<div class="field">
    <div class=${over ? 'drop-zone drop-zone-over' : 'drop-zone'} onDragOver=${hold} onDragLeave=${() => setOver(false)} onDrop=${drop}>
      <${Icon} name="upload" />
      <input ref=${input} id=${id} type="file" class="drop-input" multiple=${multiple} accept=${accept} disabled=${disabled}
        aria-describedby=${`${id}-hint ${id}-complaint`} onChange=${choose} />
      <label for=${id}>${label ?? t(multiple ? 'shared.ui.choose_files' : 'shared.ui.choose_file')}</label>
      <p class="quiet" id=${`${id}-hint`}>${hint || t(multiple ? 'shared.ui.drop_files' : 'shared.ui.drop_file')}</p>
    </div>
    <p class="complaint" id=${`${id}-complaint`} role="alert">${complaint || (folders ? t('shared.ui.no_folders') : '')}</p>
  </div>`
}
