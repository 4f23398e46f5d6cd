import { Button } from '../../components/button.js'
import { Card } from '../../components/card.js'
import { ConfirmDialog } from '../../components/confirm-dialog.js'
import { When } from '../../components/when.js'
import { t } from '../../lib/texts.js'
import { toast } from '../../lib/toasts.js'
import { html, useState } from '../../lib/ui.js'
import { explain } from '../../lib/words.js'
import { post } from '../lib/api.js'

/** What was decided about the current version, in a sentence; the agency may approve it for its client. */
export function Review({ file, onChange }) {
  const [asking, setAsking] = useState(false)
  const approve = async () => {
    try {
      onChange(await post(`/api/files/${file.id}/approve`, { version: file.version }))
      toast({ text: t('app.files.approved') })
    } catch (refusal) {
      toast({ tone: 'danger', text: explain(refusal) })
    }
  }
  const open = file.status === 'uploaded' || file.status === 'changes_requested'
  return html`<${Card} title=${t('app.files.review')}>
    <p>${sentenceOf(file)}</p>
    ${file.approval?.comment && html`<blockquote class="review-words" dir="auto">${file.approval.comment}</blockquote>`}
    ${open && html`<div class="actions"><${Button} icon="check" onPress=${() => setAsking(true)}>${t('app.files.approve')}<//></div>`}
    <${ConfirmDialog} open=${asking} tone="primary" title=${t('app.files.approve_title')} confirm=${t('app.files.approve')} onConfirm=${approve}
      text=${t('app.files.approve_text', { version: file.version })} onClose=${() => setAsking(false)} />
  <//>`
}

function sentenceOf({ status, approval, visibleToClient, version }) {
  if (approval) {
    const values = { name: html`<bdi>${approval.name}</bdi>`, when: html`<${When} at=${approval.at} />`, version }
    return status === 'changes_requested' ? t('app.files.changes_by', values) : t('app.files.approved_by', values)
  }
  if (status === 'signed') return t('app.files.was_signed')
  return t(visibleToClient ? 'app.files.not_decided' : 'app.files.not_shown')
}
