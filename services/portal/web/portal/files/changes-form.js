import { Button } from '../../components/button.js'
import { TextArea } from '../../components/text-area.js'
import { keepDraft, keptDraft } from '../../lib/drafts.js'
import { t } from '../../lib/texts.js'
import { html, useState } from '../../lib/ui.js'
import { useComplaints } from '../../lib/use-complaints.js'

/** What should be different; kept until it was sent. `onSend` answers whether it was. */
export function ChangesForm({ file, onSend, onCancel }) {
  const draft = `changes.${file.id}.${file.version}`
  const [comment, setComment] = useState(keptDraft(draft))
  const { form, complaints, setComplaints } = useComplaints()
  const [sending, setSending] = useState(false)
  const type = (text) => {
    setComment(text)
    if (complaints.comment) setComplaints({})
    keepDraft(draft, text)
  }
  const send = async (event) => {
    event.preventDefault()
    if (sending) return
    if (!comment.trim()) return setComplaints({ comment: t('portal.files.say_what') })
    setSending(true)
    if (await onSend(comment.trim())) keepDraft(draft, '')
    setSending(false)
  }
  return html`<form class="stack" ref=${form} onSubmit=${send} noValidate>
    <${TextArea} label=${t('portal.files.what_changes', { name: file.name })} value=${comment} onType=${type} complaint=${complaints.comment} maxlength="10000" focus />
    <div class="actions">
      <${Button} kind="primary" type="submit" busy=${sending}>${t('portal.files.send_request')}<//>
      <${Button} onPress=${onCancel}>${t('shared.ui.cancel')}<//>
    </div>
  </form>`
}
