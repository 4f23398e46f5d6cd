import { t } from '../lib/texts.js'
import { html } from '../lib/ui.js'
import { Button } from './button.js'
import { Dialog } from './dialog.js'

/**
 * Asks before money moves or what others made is lost. `confirm` names what will be done; the dialog stays open while
 * `onConfirm` works, and closes unless that answers false.
 */
export function ConfirmDialog({ title, text, confirm, tone = 'danger', open, onConfirm, onClose, children }) {
  const go = async () => {
    if ((await onConfirm()) !== false) onClose()
  }
  const actions = html`<${Button} onPress=${onClose}>${t('shared.ui.cancel')}<//>
    <${Button} kind=${tone === 'danger' ? 'danger' : 'primary'} onPress=${go}>${confirm}<//>`
  return html`<${Dialog} title=${title} open=${open} onClose=${onClose} actions=${actions} size="small">
    ${text && html`<p>${text}</p>`}${children}
  <//>`
}
