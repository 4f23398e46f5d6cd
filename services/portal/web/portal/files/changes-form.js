import { keepDraft, keptDraft } from '../../lib/drafts.js'
import { html, useEffect, useId, useRef, useState } from '../../lib/ui.js'
import { Button } from '../../components/button.js'

export function ChangesForm({ file, onSend, onCancel }) {
  const draft = `changes.${file.id}.${file.version}`
  const [comment, setComment] = useState(keptDraft(draft))
  const [sending, setSending] = useState(false)
  const field = useRef(null)
  const id = useId()
  useEffect(() => field.current?.focus(), [])
  const type = (event) => {
    setComment(event.target.value)
    keepDraft(draft, event.target.value)
  }
  const send = async (event) => {
    event.preventDefault()
    if (sending || !comment.trim()) return
    setSending(true)
    await onSend({ comment: comment.trim(), sent: () => keepDraft(draft, '') })
    setSending(false)
  }
  return html`<form class="panel" onSubmit=${send}>
    <label for=${id}>What should change in ${file.name}?</label>
    <textarea id=${id} ref=${field} rows="4" maxlength="10000" required value=${comment} onInput=${type}></textarea>
    <div class="actions">
      <${Button} kind="primary" type="submit" busy=${sending}>Send request<//>
      <${Button} onPress=${onCancel}>Cancel<//>
    </div>
  </form>`
}
