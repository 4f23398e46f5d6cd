// The whole portal: decides which page is on show, and what stands there when none can be.
import { FailedPage } from '../../components/failed-page.js'
import { NothingHere } from '../../components/nothing-here.js'
import { Skeleton } from '../../components/skeleton.js'
import { Toasts } from '../../components/toasts.js'
import { currentPage, onMove } from '../../lib/place.js'
import { html, useEffect, useRef, useState } from '../../lib/ui.js'
import { ClosedPage } from '../entrance/closed.js'
import { SessionEnded } from '../entrance/session-ended.js'
import { OfflineBar } from './offline-bar.js'
import { pageAt } from './pages.js'
import { TopBar } from './top-bar.js'
import { usePortal } from './use-portal.js'

/** `onEnded(agency)` when nothing may be shown any longer; `onSignedOut(client)` where one can sign out at all. */
export function Portal({ door, onEnded, onSignedOut }) {
  const portal = usePortal(door)
  const address = useAddress()
  const { phase, snapshot } = portal
  useEffect(() => {
    if (phase === 'ended') onEnded(snapshot?.agency)
  }, [phase])
  if (phase === 'loading' || phase === 'ended') return html`<${Skeleton} />`
  if (phase === 'closed') return html`<${ClosedPage} onRetry=${portal.load} />`
  if (phase === 'failed') return html`<${FailedPage} onRetry=${portal.load} />`
  const page = pageAt(address.name, snapshot.settings.enabled_modules)
  const Page = page?.Page ?? NothingHere
  const signOut = onSignedOut && (() => portal.actions.signOut(() => onSignedOut(snapshot.client)))
  return html`<div class="portal">
    <${TopBar} portal=${portal} section=${page?.section} onSignOut=${signOut} />
    <${OfflineBar} since=${portal.since} onRetry=${portal.load} />
    ${portal.expired > 0 && html`<${SessionEnded} noticed=${portal.expired} agency=${snapshot.agency} client=${snapshot.client} />`}
    <${Toasts} />
    <${Page} key=${`${address.name}/${address.id}`} ...${{ id: address.id, part: address.part, portal, onSignOut: signOut }} />
  </div>`
}

/** The address after the `#`; moving to another one brings the reader, and a screen reader, to its top. */
function useAddress() {
  const [address, setAddress] = useState(currentPage)
  const first = useRef(true)
  useEffect(() => onMove(() => setAddress(currentPage())), [])
  useEffect(() => {
    if (!first.current) {
      scrollTo(0, 0)
      document.getElementById('main')?.focus({ preventScroll: true })
    }
    first.current = false
  }, [address])
  return address
}
