import { Dialog } from '../../components/dialog.js'
import { t } from '../../lib/texts.js'
import { html } from '../../lib/ui.js'
import { EntryDialog } from './entry-dialog.js'
import { InvoiceDialog } from './invoice-dialog.js'
import { TimeSettings } from './time-settings.js'

/** The windows over a page of time: `open` is `invoice`, `settings` or empty, `entry` the one whose form is open. */
export function TimeWindows({ open, entry, project, query, list, onOpen, onEdit }) {
  const close = () => onOpen('')
  // One more or less changes days and sums: ask again rather than guess where it belongs.
  return html`<${EntryDialog} entry=${entry} project=${project} onDone=${list.reload} onClose=${() => onEdit(null)} />
    <${InvoiceDialog} open=${open === 'invoice'} project=${project} query=${query} onClose=${close} />
    ${open === 'settings' && html`<${Dialog} open title=${t('app.time.settings')} onClose=${close}>
      <p class="quiet settings-lead">${t('app.time.settings_of_agency')}</p>
      <${TimeSettings} path="/api/time-settings" onSaved=${close} />
    <//>`}`
}
