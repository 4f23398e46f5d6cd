import { When } from '../../components/when.js'
import { size } from '../../lib/format.js'
import { t } from '../../lib/texts.js'
import { html } from '../../lib/ui.js'
import { awaitsReview } from '../home/waiting.js'

/** Where things stand with a file, in words. */
export function Verdict({ file }) {
  const uploaded = { who: html`<bdi>${file.uploadedBy.name}</bdi>`, when: html`<${When} at=${file.createdAt} relative />` }
  return html`<div class="verdict">
    <p class="verdict-state">${stateOf(file)}</p>
    ${file.approval?.comment && html`<blockquote class="long-text" dir="auto">${file.approval.comment}</blockquote>`}
    <p class="quiet">${t('portal.files.facts', { version: file.version, size: size(file.size), ...uploaded })}</p>
  </div>`
}

function stateOf(file) {
  const by = (name, at) => ({ who: html`<bdi>${name}</bdi>`, when: html`<${When} at=${at} />` })
  if (file.signature) return t('portal.files.signed_by', by(file.signature.name, file.signature.signedAt))
  if (file.status === 'changes_requested') return t('portal.files.changes_by', by(file.approval.name, file.approval.at))
  if (file.approval) return t('portal.files.approved_by', by(file.approval.name, file.approval.at))
  if (file.uploadedBy.kind === 'system') return t('portal.files.is_sealed')
  return t(awaitsReview(file) ? 'portal.files.please_review' : 'portal.files.is_yours')
}
