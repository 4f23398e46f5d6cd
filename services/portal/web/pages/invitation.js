// Where an invited person becomes a member of an agency.
import { Entrance } from '../components/entrance.js'
import { JoinForm } from '../components/join-form.js'
import { MessagePage } from '../components/message-page.js'
import { Skeleton } from '../components/skeleton.js'
import { keepInEntry } from '../lib/place.js'
import { lookUpInvitation } from '../lib/sign-in.js'
import { html, useCallback, useEffect, useState } from '../lib/ui.js'
import { FailedPage } from './failed.js'

export function InvitationPage({ token }) {
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
    return html`<${MessagePage} title="You have joined" way=${{ to: '/', name: 'Go on' }}>
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
