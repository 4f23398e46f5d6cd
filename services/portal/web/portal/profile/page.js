// Who the client is, which mails they get, and where they are signed in.
import { Bones } from '../../components/bones.js'
import { EmptyState } from '../../components/empty-state.js'
import { ErrorState } from '../../components/error-state.js'
import { PageHead } from '../../components/page-head.js'
import { t } from '../../lib/texts.js'
import { html } from '../../lib/ui.js'
import { useTitle } from '../shell/use-title.js'
import { AddressForm } from './address-form.js'
import { MailPreferences } from './mail-preferences.js'
import { Picture } from './picture.js'
import { SessionList } from './session-list.js'
import { useProfile } from './use-profile.js'

export default function ProfilePage({ portal, onSignOut }) {
  useTitle(portal, t('portal.profile.title'))
  return html`<main id="main" tabindex="-1" class="profile-page">
    <${PageHead} title=${t('portal.profile.title')} />
    ${portal.looksOnly
      ? html`<${EmptyState} icon="user" title=${t('portal.profile.theirs')} text=${t('portal.profile.theirs_text')} />`
      : html`<${Own} ...${{ portal, onSignOut }} />`}
  </main>`
}

function Own({ portal, onSignOut }) {
  const { profile, phase, load, save, upload } = useProfile(portal)
  return html`${phase === 'failed' && html`<${ErrorState} level=${2} onRetry=${load} />`}
    ${phase === 'loading' && html`<${Bones} shape="cards" count=${2} />`}
    ${profile &&
    html`<${Picture} ...${{ portal, profile, save, upload }} />
      <${AddressForm} ...${{ profile, save }} />`}
    <${MailPreferences} portal=${portal} />
    <${SessionList} ...${{ portal, onSignOut }} />`
}
