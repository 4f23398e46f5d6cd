import { newKey } from '../../lib/api.js'
import { keepDraft, keptDraft } from '../../lib/drafts.js'
import { html, useId, useRef, useState } from '../../lib/ui.js'
import { Button } from '../../components/button.js'

/** Sends with the button or Ctrl/Cmd and Enter; what was typed stays until it has arrived. */
export function ReplyBox({ name, onWrite }) {
  const [content, setContent] = useState(keptDraft(name))
  const [sending, setSending] = useState(false)
  const attempt = useRef(null)
  const id = useId()
  const type = (event) => {
    setContent(event.target.value)
    keepDraft(name, event.target.value)
    attempt.current = null
  }
  const send = async (event) => {
    event.preventDefault()
    if (sending || !content.trim()) return
    setSending(true)
    // The same text sent again after a failure is the same message, even if the first try did arrive.
    attempt.current ??= newKey()
    if (await onWrite(content.trim(), attempt.current)) {
      setContent('')
      keepDraft(name, '')
      attempt.current = null
    }
    setSending(false)
  }
  const shortcut = (event) => {
    if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) send(event)
  }
  return html`<form class="reply" onSubmit=${send}>
    <label for=${id}>Write a message</label>
    <textarea id=${id} rows="3" maxlength="10000" required value=${content} onInput=${type} onKeyDown=${shortcut}></textarea>
    <${Button} kind="primary" type="submit" busy=${sending}>Send<//>
  </form>`
}
