// Where an invited person becomes a member of an agency.
import { Entrance } from '../../components/entrance.js'
import { JoinForm } from './join-form.js'
import { MessagePage } from '../../components/message-page.js'
import { Skeleton } from '../../components/skeleton.js'
import { mailedToken } from '../../lib/mailed-token.js'
import { keepInEntry } from '../../lib/place.js'
import { lookUpInvitation } from './requests.js'
import { html, useCallback, useEffect, useState } from '../../lib/ui.js'
import { FailedPage } from '../../components/failed-page.js'

export default function InvitationPage() {
  const [token] = useState(mailedToken)
  const [phase, setPhase] = useState(token ? 'loading' : 'gone')
  const [invitation, setInvitation] = useState(null)
  const refused = (refusal) => setPhase(refusal.status === 401 || refusal.status === 400 ? 'gone' : 'failed')
  const load = useCallback(async () => {
    try {
      setInvitation(await lookUpInvitation(token))
      setPhase('form')
    } catch (refusal) {
      refused(refusal)
    }
  }, [token])
  useEffect(() => {
    if (token) load()
  }, [token])
  const joined = () => {
    keepInEntry({ mailed: null })
    setPhase('done')
  }
  if (phase === 'loading') return html`<${Skeleton} what="Opening your invitation" />`
  if (phase === 'failed') return html`<${FailedPage} onRetry=${load} />`
  if (phase === 'done') {
    return html`<${MessagePage} title="You have joined" way=${{ to: '/app', name: 'Go on' }}>
      You are a member of <bdi>${invitation.agencyName}</bdi> now, and signed in on this device.
    <//>`
  }
  if (phase === 'gone') return html`<${GonePage} />`
  return html`<${Entrance}>
    <h1>Join <bdi>${invitation.agencyName}</bdi></h1>
    <${JoinForm} token=${token} invitation=${invitation} onJoined=${joined} onGone=${() => setPhase('gone')} />
  <//>`
}

function GonePage() {
  return html`<${MessagePage} title="This invitation is not open">
    It may have been used, replaced or withdrawn, or a week has passed. Open the link in the newest mail, or ask
    whoever invited you for another one.
  <//>`
}
