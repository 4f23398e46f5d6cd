// Who belongs to the agency, and who is invited to.
import { Avatar } from '../../components/avatar.js'
import { Badge } from '../../components/badge.js'
import { Button } from '../../components/button.js'
import { Card } from '../../components/card.js'
import { ConfirmDialog } from '../../components/confirm-dialog.js'
import { Menu } from '../../components/menu.js'
import { Select } from '../../components/select.js'
import { When } from '../../components/when.js'
import { t } from '../../lib/texts.js'
import { html, useState } from '../../lib/ui.js'
import { patch, post, remove } from '../lib/api.js'
import { isAdmin, me } from '../lib/session.js'
import { useList } from '../lib/use-list.js'
import { useAct } from '../papers/use-act.js'
import { InviteMember } from './invite-member.js'
import { Rows } from './rows.js'

const ROLES = ['owner', 'admin', 'member']

export default function Team() {
  const [inviting, setInviting] = useState(false)
  const [sent, setSent] = useState(0)
  const action = isAdmin() && html`<${Button} kind="primary" icon="user-plus" onPress=${() => setInviting(true)}>${t('app.settings.invite')}<//>`
  return html`<${Members} actions=${action || null} />
    ${isAdmin() && html`<${Invitations} key=${sent} />`}
    <${InviteMember} open=${inviting} onClose=${() => setInviting(false)} onSent=${() => setSent(sent + 1)} />`
}

function Members({ actions }) {
  const list = useList('/api/members', { limit: 200 })
  const [leaving, setLeaving] = useState(null)
  const act = useAct()
  const mine = me.value.user
  const isMe = leaving?.id === mine.id
  const may = (member) => isAdmin() && (mine.role === 'owner' || member.role !== 'owner')
  const options = ROLES.map((value) => ({ value, label: t(`app.settings.roles.${value}`), disabled: value === 'owner' && mine.role !== 'owner' }))
  const change = async (member, role) => {
    const saved = await act(`role-${member.id}`, (key) => patch(`/api/members/${member.id}`, { role }, key), t('app.settings.saved'))
    list.change(member.id, saved ?? { role: member.role })
  }
  const go = async () => {
    const gone = await act(`remove-${leaving.id}`, () => remove(`/api/members/${leaving.id}`), t('app.settings.member_gone', { name: leaving.name }))
    if (gone && isMe) location.assign('/app')
    else if (gone) list.drop(leaving.id)
    return gone !== null
  }
  return html`<${Card} title=${t('app.settings.parts.team')} lead=${t('app.settings.team_lead')} actions=${actions}>
    <${Rows} list=${list}>
      ${list.rows.map((member) => html`<li key=${member.id}>
        <span class="settings-who"><${Avatar} name=${member.name} /><span><bdi>${member.name}</bdi><bdi class="quiet">${member.email}</bdi></span></span>
        ${member.twoFactor && html`<${Badge} tone="success">${t('app.settings.two_factor')}<//>`}
        <${Select} bare label=${t('app.settings.role_of', { name: member.name })} value=${member.role} options=${options} disabled=${!may(member)} onChoose=${(role) => change(member, role)} />
        ${(may(member) || member.id === mine.id) && html`<${Menu} label=${t('app.settings.more_for', { name: member.name })}
          items=${[{ label: t(member.id === mine.id ? 'app.settings.leave' : 'app.settings.remove'), icon: 'x', tone: 'danger', onPress: () => setLeaving(member) }]} />`}
      </li>`)}
    <//>
    <${ConfirmDialog} open=${leaving !== null} title=${isMe ? t('app.settings.leave_title') : t('app.settings.remove_title', { name: leaving?.name ?? '' })}
      text=${t(isMe ? 'app.settings.leave_text' : 'app.settings.remove_text')} confirm=${t(isMe ? 'app.settings.leave' : 'app.settings.remove')}
      onConfirm=${go} onClose=${() => setLeaving(null)} />
  <//>`
}

function Invitations() {
  const list = useList('/api/invitations', { limit: 200 })
  const act = useAct()
  const resend = async ({ id }) => {
    if (await act(`resend-${id}`, (key) => post(`/api/invitations/${id}/resend`, {}, key), t('app.settings.invitation_sent'))) list.reload()
  }
  const withdraw = async ({ id }) => {
    if (await act(`withdraw-${id}`, () => remove(`/api/invitations/${id}`), t('app.settings.invitation_gone'))) list.drop(id)
  }
  return html`<${Card} title=${t('app.settings.invitations')}>
    <${Rows} list=${list} empty=${t('app.settings.no_invitations')}>
      ${list.rows.map((invitation) => html`<li key=${invitation.id}>
        <span class="settings-who"><span><bdi>${invitation.email}</bdi>
          <span class="quiet">${t(`app.settings.roles.${invitation.role}`)} · ${isOver(invitation) ? t('app.settings.run_out') : t('app.settings.until', { when: html`<${When} at=${invitation.expiresAt} />` })}</span></span></span>
        <span class="actions">
          <${Button} icon="mail" onPress=${() => resend(invitation)}>${t('app.settings.resend')}<//>
          <${Button} icon="x" onPress=${() => withdraw(invitation)}>${t('app.settings.withdraw')}<//>
        </span>
      </li>`)}
    <//>
  <//>`
}

const isOver = ({ expiresAt }) => Date.parse(expiresAt) < Date.now()
