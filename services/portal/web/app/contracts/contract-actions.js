import { Button } from '../../components/button.js'
import { ConfirmDialog } from '../../components/confirm-dialog.js'
import { LinkButton } from '../../components/link-button.js'
import { Menu } from '../../components/menu.js'
import { goTo } from '../../lib/place.js'
import { t } from '../../lib/texts.js'
import { html, useState } from '../../lib/ui.js'
import { get, post } from '../lib/api.js'
import { download } from '../papers/pdf.js'
import { removePaper } from '../papers/removing.js'
import { SendDialog } from '../papers/send-dialog.js'
import { copyText, useAct } from '../papers/use-act.js'
import { waits } from './states.js'

/** The one thing that comes next for a contract, and the quieter ones. */
export function ContractActions({ contract, client, onChanged, onConflict }) {
  const { id, status, title } = contract
  const [asked, setAsked] = useState('')
  const act = useAct(onConflict)
  const close = () => setAsked('')
  const send = async (sendEmail) => {
    const sent = await act('send', (key) => post(`/api/contracts/${id}/send`, { sendEmail }, key), t('app.papers.sent'))
    close()
    if (sent) onChanged(sent)
  }
  const withdraw = async () => {
    const voided = await act('void', (key) => post(`/api/contracts/${id}/void`, {}, key), t('app.contracts.voided'))
    if (voided) onChanged(voided)
    return voided !== null
  }
  const copyLink = async () => {
    const { token } = await get(`/api/clients/${contract.clientId}`)
    await copyText(`${location.origin}/client-portal/${token}#/contracts/${id}`)
  }
  const remove = () => {
    removePaper(`/api/contracts/${id}`, t('app.papers.deleted', { name: title }))
    goTo('/app/contracts')
  }
  const items = [
    { label: t('app.papers.duplicate'), icon: 'copy', to: `/app/contracts/new?from=${id}` },
    status !== 'draft' && { label: t('app.papers.copy_link'), icon: 'link', onPress: copyLink },
    { label: t('app.papers.pdf'), icon: 'download', onPress: () => download(`/api/contracts/${id}/pdf`, title) },
    waits(contract) && { label: t('app.contracts.void'), icon: 'x', tone: 'danger', onPress: () => setAsked('void') },
    status === 'draft' && { label: t('app.papers.delete_draft'), icon: 'trash-2', tone: 'danger', onPress: remove },
  ]
  return html`<div class="paper-actions">
    ${status === 'draft' && html`<${Button} kind="primary" icon="send" onPress=${() => setAsked('send')}>${t('app.papers.send')}<//>
      <${LinkButton} icon="pencil" to=${`/app/contracts/${id}/edit`}>${t('app.papers.edit')}<//>`}
    ${waits(contract) && client?.email && html`<${Button} icon="send" onPress=${() => setAsked('send')}>${t('app.papers.send_again')}<//>`}
    ${status === 'signed' && html`<${Button} kind="primary" icon="download" onPress=${() => download(`/api/contracts/${id}/pdf`, title)}>${t('app.contracts.sealed_pdf')}<//>`}
    <${Menu} label=${t('app.papers.more_for', { name: title })} items=${items} />
    <${SendDialog} open=${asked === 'send'} client=${client} again=${waits(contract)} onSend=${send} onClose=${close} />
    <${ConfirmDialog} open=${asked === 'void'} title=${t('app.contracts.void_title')} text=${t('app.contracts.void_text')} confirm=${t('app.contracts.void')}
      onConfirm=${withdraw} onClose=${close} />
  </div>`
}
