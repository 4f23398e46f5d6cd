import { moment, size } from '../../lib/format.js'
import { html, useState } from '../../lib/ui.js'
import { awaitsReview, decisionsOn } from '../home/waiting.js'
import { FILE_STATES } from '../../lib/words.js'
import { Badge } from '../../components/badge.js'
import { Button } from '../../components/button.js'
import { ChangesForm } from './changes-form.js'
import { SignForm } from '../signing/sign-form.js'

const TONES = { uploaded: 'warning', approved: 'success', signed: 'success', changes_requested: 'danger' }

/** One file with what was decided about it, or the means to decide. `onAct(name, file, details)` answers true when done. */
export function FileCard({ file, client, onAct }) {
  const [open, setOpen] = useState(null)
  const act = async (name, details) => {
    if (await onAct(name, file, details)) setOpen(null)
  }
  const toggle = (name) => () => setOpen(open === name ? null : name)
  const decisions = decisionsOn(file)
  return html`<li class="card file-card" id=${`file-${file.id}`}>
    <div class="file-head">
      <h4>${file.name}</h4>
      <${Badge} tone=${file.uploadedBy.kind === 'member' ? TONES[file.status] : 'neutral'}>${stateOf(file)}<//>
    </div>
    <p class="quiet">${size(file.size)} · version ${file.version} · ${file.uploadedBy.name}, ${moment(file.createdAt)}</p>
    <${Decision} file=${file} />
    <div class="actions">
      ${decisions.includes('approve') &&
      html`<${Button} kind=${awaitsReview(file) ? 'primary' : 'quiet'} onPress=${() => act('approve')}>Approve<//>`}
      ${decisions.includes('sign') &&
      html`<${Button} aria-expanded=${open === 'sign'} onPress=${toggle('sign')}>Sign<//>`}
      ${decisions.includes('changes') &&
      html`<${Button} aria-expanded=${open === 'changes'} onPress=${toggle('changes')}>Request changes<//>`}
      <${Button} onPress=${() => act('download')}>Download<//>
    </div>
    ${open === 'changes' &&
    html`<${ChangesForm} file=${file} onSend=${(comment) => act('changes', comment)} onCancel=${() => setOpen(null)} />`}
    ${open === 'sign' &&
    html`<${SignForm} file=${file} client=${client} onSign=${(how) => act('sign', how)} onCancel=${() => setOpen(null)} />`}
  </li>`
}

function stateOf(file) {
  if (file.uploadedBy.kind === 'system') return 'Sealed copy'
  if (file.uploadedBy.kind === 'client' && file.status === 'uploaded') return 'Sent by you'
  return FILE_STATES[file.status] ?? file.status
}

function Decision({ file }) {
  if (file.signature) return html`<p>Signed by ${file.signature.name}, ${moment(file.signature.signedAt)}</p>`
  if (!file.approval) return null
  const { name, at, comment } = file.approval
  const verb = file.status === 'changes_requested' ? 'Changes requested' : 'Approved'
  return html`<p>${verb} by ${name}, ${moment(at)}</p>
    ${comment && html`<blockquote>${comment}</blockquote>`}`
}
