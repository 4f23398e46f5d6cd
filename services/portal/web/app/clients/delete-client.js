import { ConfirmDialog } from '../../components/confirm-dialog.js'
import { goTo } from '../../lib/place.js'
import { t } from '../../lib/texts.js'
import { toast } from '../../lib/toasts.js'
import { html, useState } from '../../lib/ui.js'
import { explain } from '../../lib/words.js'
import { remove } from '../lib/api.js'

/** Asks before a client goes; open invoices keep them. */
export function DeleteClient({ open, client, onClose }) {
  const [complaint, setComplaint] = useState('')
  const go = async () => {
    try {
      await remove(`/api/clients/${client.id}`)
      toast({ text: t('app.clients.deleted', { name: client.name }) })
      goTo('/app/clients')
      return true
    } catch (refusal) {
      setComplaint(explain(refusal))
      return false
    }
  }
  return html`<${ConfirmDialog} open=${open} title=${t('app.clients.delete_title', { name: client.name })} text=${t('app.clients.delete_text')}
    confirm=${t('app.clients.delete')} onConfirm=${go} onClose=${onClose}>
    <p class="complaint" role="alert">${complaint}</p>
  <//>`
}
