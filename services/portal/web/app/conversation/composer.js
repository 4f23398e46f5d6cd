import { Button } from '../../components/button.js'
import { Icon } from '../../components/icon.js'
import { Kbd } from '../../components/kbd.js'
import { TextArea } from '../../components/text-area.js'
import { keepDraft, keptDraft } from '../../lib/drafts.js'
import { t } from '../../lib/texts.js'
import { html, useId, useState } from '../../lib/ui.js'
import { FileChip } from './file-chip.js'
import { useAttachments } from './use-attachments.js'

const MOST = 10_000

/** Where one answers, or in an internal thread notes something; what is typed is kept until it was sent. */
export function Composer({ thread, internal, onSend }) {
  const draft = `thread.${thread.id}`
  const [text, setText] = useState(keptDraft(draft))
  const [complaint, setComplaint] = useState('')
  const files = useAttachments(thread)
  const [over, setOver] = useState(false)
  const type = (typed) => {
    setText(typed)
    setComplaint('')
    keepDraft(draft, typed)
  }
  const send = (event) => {
    event?.preventDefault()
    const content = text.trim()
    if (files.busy) return setComplaint(t('app.conversation.still_uploading'))
    if (!content) return setComplaint(t('app.conversation.nothing_written'))
    onSend(content, files.take())
    return type('')
  }
  const press = (event) => event.key === 'Enter' && (event.metaKey || event.ctrlKey) && send(event)
  const drop = (event) => {
    event.preventDefault()
    setOver(false)
    files.add([...event.dataTransfer.files])
  }
  const hover = (event) => {
    if (![...event.dataTransfer.types].includes('Files')) return
    event.preventDefault()
    setOver(true)
  }
  const label = internal ? t('app.conversation.note_label') : t('app.conversation.reply_label')
  return html`<form class=${over ? 'talk-composer talk-composer-over' : 'talk-composer'} onSubmit=${send} onDrop=${drop}
    onDragOver=${hover} onDragLeave=${() => setOver(false)}>
    ${internal && html`<p class="talk-warning"><${Icon} name="lock" />${t('app.conversation.internal_hint')}</p>`}
    <${TextArea} ...${{ label, complaint }} bare value=${text} onType=${type} rows=${2} maxlength=${MOST} placeholder=${label} onKeyDown=${press} />
    ${files.list.length > 0 && html`<div class="talk-files">
      ${files.list.map((one) => html`<${FileChip} key=${one.key} ...${one} onRemove=${() => files.remove(one.key)} />`)}
    </div>`}
    <div class="talk-send">
      <${FileButton} onFiles=${files.add} />
      <span class="talk-keys quiet"><${Kbd} keys="Mod Enter" /></span>
      <${Button} kind="primary" type="submit" icon=${internal ? 'lock' : 'send'}>
        ${internal ? t('app.conversation.add_note') : t('app.conversation.send')}
      <//>
    </div>
  </form>`
}

function FileButton({ onFiles }) {
  const id = useId()
  const choose = (event) => {
    onFiles([...event.target.files])
    event.target.value = ''
  }
  return html`<span class="talk-attach">
    <input type="file" multiple id=${id} onChange=${choose} />
    <label for=${id}><${Icon} name="paperclip" />${t('app.conversation.attach')}</label>
  </span>`
}
