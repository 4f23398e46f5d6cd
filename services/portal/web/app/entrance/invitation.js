// Where an invited person becomes a member of an agency.
import { FailedPage } from '../../components/failed-page.js'
import { Link } from '../../components/link.js'
import { LinkButton } from '../../components/link-button.js'
import { Skeleton } from '../../components/skeleton.js'
import { mailedToken } from '../../lib/mailed-token.js'
import { keepInEntry } from '../../lib/place.js'
import { t } from '../../lib/texts.js'
import { html, useEffect, useState } from '../../lib/ui.js'
import { signedIn } from '../lib/session.js'
import { Door } from './door.js'
import { JoinForm } from './join-form.js'
import { lookUpInvitation } from './requests.js'

export default function InvitationPage() {
  const [token] = useState(mailedToken)
  const [phase, setPhase] = useState(token ? 'loading' : 'gone')
  const [invitation, setInvitation] = useState(null)
  const load = async () => {
    try {
      setInvitation(await lookUpInvitation(token))
      setPhase('form')
    } catch (refusal) {
      setPhase([400, 401].includes(refusal.status) ? 'gone' : 'failed')
    }
  }
  useEffect(() => {
    if (token) load()
  }, [token])
  const joined = (answer) => {
    keepInEntry({ mailed: null })
    signedIn(answer)
    setPhase('done')
  }
  if (phase === 'loading') return html`<${Skeleton} what=${t('app.entrance.invitation_loading')} shape="fields" />`
  if (phase === 'failed') return html`<${FailedPage} onRetry=${load} />`
  if (phase === 'gone') {
    const foot = html`<${Link} to="/app/sign-in">${t('app.entrance.sign_in')}<//>`
    return html`<${Door} title=${t('app.entrance.invitation_gone')} lead=${t('app.entrance.invitation_gone_text')} foot=${foot} />`
  }
  const agency = html`<bdi>${invitation.agencyName}</bdi>`
  if (phase === 'done') {
    return html`<${Door} title=${t('app.entrance.joined')} lead=${t('app.entrance.joined_text', { agency })}>
      <${LinkButton} kind="primary" to="/app">${t('app.entrance.go_on')}<//>
    <//>`
  }
  return html`<${Door} name=${invitation.agencyName} title=${t('app.entrance.join_agency', { agency })} lead=${t(`app.entrance.invited.${invitation.role}`)}>
    <${JoinForm} token=${token} invitation=${invitation} onJoined=${joined} onGone=${() => setPhase('gone')} />
  <//>`
}
