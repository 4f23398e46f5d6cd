import { Button } from '../../components/button.js'
import { Dialog } from '../../components/dialog.js'
import { TextArea } from '../../components/text-area.js'
import { newKey } from '../../lib/api.js'
import { keepDraft, keptDraft } from '../../lib/drafts.js'
import { t } from '../../lib/texts.js'
import { html, useId, useRef, useState } from '../../lib/ui.js'
import { useComplaints } from '../../lib/use-complaints.js'

/**
 * An answer with a few words: `onSend(note, key)` answers whether it went through, and the dialog closes. What was typed
 * is kept under `draft` meanwhile.
 */
export function NoteDialog({ title, label, text, action, tone = 'primary', required = false, draft, open, onSend, onClose }) {
  const id = useId()
  const key = useRef(null)
  const [note, setNote] = useState(() => keptDraft(draft))
  const { form, complaints, setComplaints } = useComplaints()
  const [busy, setBusy] = useState(false)
  const type = (typed) => {
    key.current = null
    if (complaints.note) setComplaints({})
    setNote(typed)
    keepDraft(draft, typed)
  }
  const send = async (event) => {
    event.preventDefault()
    if (busy) return
    if (required && !note.trim()) return setComplaints({ note: t('portal.papers.say_what') })
    setBusy(true)
    key.current ??= newKey()
    const done = await onSend(note.trim(), key.current)
    setBusy(false)
    if (!done) return
    type('')
    onClose()
  }
  const actions = html`<${Button} onPress=${onClose}>${t('shared.ui.cancel')}<//>
    <${Button} kind=${tone} type="submit" form=${id} busy=${busy}>${action}<//>`
  return html`<${Dialog} title=${title} open=${open} onClose=${onClose} actions=${actions} size="small">
    <form id=${id} class="fields" ref=${form} onSubmit=${send} noValidate>
      ${text && html`<p>${text}</p>`}
      <${TextArea} label=${label} value=${note} onType=${type} complaint=${complaints.note} optional=${!required} maxlength="10000" rows="4" focus />
    </form>
  <//>`
}
