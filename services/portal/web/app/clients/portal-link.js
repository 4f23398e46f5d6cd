// The way into a portal: its link, an invitation, and what ends it.
import { Button } from '../../components/button.js'
import { Card } from '../../components/card.js'
import { ConfirmDialog } from '../../components/confirm-dialog.js'
import { CopyField } from '../../components/copy-field.js'
import { ErrorState } from '../../components/error-state.js'
import { LinkButton } from '../../components/link-button.js'
import { Bones } from '../../components/bones.js'
import { When } from '../../components/when.js'
import { t } from '../../lib/texts.js'
import { toast } from '../../lib/toasts.js'
import { html, useState } from '../../lib/ui.js'
import { explain } from '../../lib/words.js'
import { post } from '../lib/api.js'
import { useList } from '../lib/use-list.js'
import { InviteDialog } from './invite-dialog.js'
import { usePortalLink } from './use-portal-link.js'

const VIEW = { contact: 'clientId', company: 'companyId' }

/** `holder` is {type: 'contact' or 'company', id}; somebody without an address cannot be invited by mail. */
export function PortalLink({ holder, name, canInvite }) {
  const link = usePortalLink(holder)
  const [asked, setAsked] = useState('')
  const invitations = useList('/api/v1/client-portal/invitations', { [`${holder.type}_id`]: holder.id, limit: 1 })
  const close = () => setAsked('')
  const invited = () => {
    close()
    toast({ text: t('app.clients.invited', { name }) })
    invitations.reload()
  }
  const revoke = async () => {
    try {
      await post('/api/v1/client-portal/token/revoke', holder)
      link.forget()
      toast({ text: t('app.clients.link_ended') })
      return true
    } catch (refusal) {
      toast({ tone: 'danger', text: explain(refusal) })
      return false
    }
  }
  return html`<${Card} title=${t('app.clients.portal')} lead=${t('app.clients.portal_lead')}>
    <div class="portal-link">
      <${Link} link=${link} />
      <${LastInvitation} list=${invitations} />
      <div class="actions">
        ${canInvite && html`<${Button} icon="mail" onPress=${() => setAsked('invite')}>${t('app.clients.invite')}<//>`}
        <${LinkButton} icon="eye" href=${`/app/view-as?${VIEW[holder.type]}=${holder.id}`} target="_blank" rel="noopener">${t('app.clients.view_as')}<//>
        ${link.phase === 'ready' && html`<${Button} kind="plain" icon="x" onPress=${() => setAsked('revoke')}>${t('app.clients.end_link')}<//>`}
      </div>
    </div>
    <${InviteDialog} open=${asked === 'invite'} holder=${holder} name=${name} onClose=${close} onSent=${invited} />
    <${ConfirmDialog} open=${asked === 'revoke'} title=${t('app.clients.end_link_title')} text=${t('app.clients.end_link_text')}
      confirm=${t('app.clients.end_link')} onConfirm=${revoke} onClose=${close} />
  <//>`
}

function Link({ link }) {
  if (link.phase === 'ready') {
    return html`<${CopyField} label=${t('app.clients.link')} value=${link.url} hint=${html`${t('app.clients.link_until', { when: html`<${When} at=${link.expiresAt} />` })}`} />`
  }
  if (link.phase === 'ended') return html`<p class="quiet">${t('app.clients.no_link')}</p><${Button} icon="link" onPress=${link.fetch}>${t('app.clients.make_link')}<//>`
  if (link.phase === 'failed') return html`<${ErrorState} level=${3} onRetry=${link.fetch} />`
  return html`<${Bones} shape="fields" count=${1} />`
}

function LastInvitation({ list }) {
  const last = list.rows[0]
  return last ? html`<p class="quiet">${t('app.clients.last_invited', { when: html`<${When} at=${last.sent_at} relative />` })}</p>` : null
}
