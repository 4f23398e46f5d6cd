import { Badge } from '../../components/badge.js'
import { named, t } from '../../lib/texts.js'
import { html } from '../../lib/ui.js'

const TONES = { uploaded: 'warning', approved: 'success', signed: 'success', changes_requested: 'danger' }

/** What became of a file, in a word or two. */
export function FileState({ file }) {
  const { kind } = file.uploadedBy
  if (kind === 'system') return html`<${Badge}>${t('portal.files.sealed')}<//>`
  if (kind === 'client' && file.status === 'uploaded') return html`<${Badge}>${t('portal.files.yours')}<//>`
  return html`<${Badge} tone=${TONES[file.status]}>${named('shared.file_states', file.status)}<//>`
}
