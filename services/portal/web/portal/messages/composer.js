import { Button } from '../../components/button.js'
import { Icon } from '../../components/icon.js'
import { Kbd } from '../../components/kbd.js'
import { TextArea } from '../../components/text-area.js'
import { keepDraft, keptDraft } from '../../lib/drafts.js'
import { t } from '../../lib/texts.js'
import { html, useId, useRef, useState } from '../../lib/ui.js'
import { UploadChip } from '../files/upload-chip.js'
import { useUploads } from '../files/use-uploads.js'

/** Sends with the button or Ctrl/Cmd and Enter. `onSend(content, fileIds)` answers what came of it. */
export function Composer({ thread, portal, onSend }) {
  const draft = thread.id
  const [content, setContent] = useState(keptDraft(draft))
  const [complaint, setComplaint] = useState('')
  const uploads = useUploads(portal, thread.projectId)
  const [over, setOver] = useState(false)
  const { settings } = portal.snapshot
  const mayAttach = settings.allow_file_sharing && settings.enabled_modules.includes('files')
  const type = (text) => {
    setContent(text)
    setComplaint('')
    keepDraft(draft, text)
  }
  const send = async (event) => {
    event.preventDefault()
    const text = content.trim()
    if (uploads.busy) return setComplaint(t('portal.messages.still_uploading'))
    if (!text) return setComplaint(t('portal.messages.say_something'))
    const ids = uploads.list.map(({ file }) => file.id).filter(Boolean)
    uploads.clear()
    type('')
    // Whoever has to sign in again finds the words where they were written.
    if ((await onSend(text, ids)) === 'ended') type(text)
  }
  const shortcut = (event) => {
    if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) send(event)
  }
  const drop = (event) => {
    event.preventDefault()
    setOver(false)
    for (const file of event.dataTransfer.files) uploads.start(file)
  }
  const hold = (event) => {
    event.preventDefault()
    setOver(true)
  }
  const taking = mayAttach ? { onDragOver: hold, onDragLeave: () => setOver(false), onDrop: drop } : {}
  return html`<form class=${over ? 'composer composer-over' : 'composer'} onSubmit=${send} noValidate ...${taking}>
    <${TextArea} label=${t('portal.messages.write')} value=${content} onType=${type} complaint=${complaint} rows=${2} maxlength="10000" onKeyDown=${shortcut} />
    ${uploads.list.length > 0 &&
    html`<ul class="upload-list">
      ${uploads.list.map((one) => html`<li key=${one.key}>
        <${UploadChip} ...${one} onAgain=${() => uploads.again(one)} onRemove=${() => uploads.remove(one)} />
      </li>`)}
    </ul>`}
    <div class="composer-row">
      ${mayAttach && html`<${Attach} onFiles=${(files) => files.forEach(uploads.start)} />`}
      <span class="composer-hint quiet" aria-hidden="true"><${Kbd} keys="Mod Enter" /></span>
      <${Button} kind="primary" type="submit" icon="send">${t('portal.messages.send')}<//>
    </div>
  </form>`
}

function Attach({ onFiles }) {
  const id = useId()
  const input = useRef(null)
  const choose = () => {
    onFiles([...input.current.files])
    input.current.value = ''
  }
  return html`<span class="attach">
    <input ref=${input} id=${id} type="file" class="visually-hidden attach-input" multiple onChange=${choose} />
    <label class="button button-plain" for=${id}><${Icon} name="paperclip" />${t('portal.messages.attach')}</label>
  </span>`
}
