// The states of a file in words.
import { Badge } from '../../components/badge.js'
import { t } from '../../lib/texts.js'
import { html } from '../../lib/ui.js'

export const STATUSES = ['uploaded', 'changes_requested', 'approved', 'signed']
const TONES = { uploaded: 'neutral', changes_requested: 'warning', approved: 'success', signed: 'success' }

export function FileStatus({ status }) {
  return html`<${Badge} tone=${TONES[status] ?? 'neutral'}>${t(`app.files.status.${status}`)}<//>`
}

/** The icon for a kind of file. */
export function iconOf(mimeType) {
  if (mimeType.startsWith('image/')) return 'image'
  return mimeType === 'application/pdf' || mimeType.startsWith('text/') ? 'file-text' : 'file'
}
