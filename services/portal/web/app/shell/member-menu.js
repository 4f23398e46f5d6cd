import { Avatar } from '../../components/avatar.js'
import { Menu } from '../../components/menu.js'
import { t } from '../../lib/texts.js'
import { toast } from '../../lib/toasts.js'
import { html } from '../../lib/ui.js'
import { explain } from '../../lib/words.js'
import { me, signOut } from '../lib/session.js'

/** Whoever is signed in, and what is theirs. */
export function MemberMenu({ onHelp, onAppearance }) {
  const { name, role } = me.value.user
  const leave = () => signOut().catch((refusal) => toast({ tone: 'danger', text: explain(refusal) }))
  const items = [
    { label: t('app.shell.profile'), icon: 'user', to: '/app/settings/security' },
    { label: t('app.shell.appearance'), icon: 'sun', onPress: onAppearance },
    { label: t('app.shell.shortcuts'), icon: 'command', onPress: onHelp },
    { label: t('app.shell.sign_out'), icon: 'log-out', onPress: leave },
  ]
  return html`<div class="member-menu">
    <${Menu} kind="member" label=${t('app.shell.member')} items=${items}>
      <${Avatar} name=${name} />
      <span class="member-facts"><bdi class="one-line">${name}</bdi><span class="quiet">${t(`app.shell.role.${role}`)}</span></span>
    <//>
  </div>`
}
