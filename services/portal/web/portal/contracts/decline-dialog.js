import { t } from '../../lib/texts.js'
import { html } from '../../lib/ui.js'
import { NoteDialog } from '../papers/note-dialog.js'

export function DeclineDialog({ portal, contract, open, onSend, onClose }) {
  return html`<${NoteDialog} title=${t('portal.contracts.decline_title')} label=${t('portal.contracts.decline_label')}
    text=${t('portal.contracts.decline_text', { agency: portal.snapshot.agency.name })} action=${t('portal.contracts.decline')} tone="danger"
    draft=${`contract-decline.${contract.id}`} ...${{ open, onSend, onClose }} />`
}
