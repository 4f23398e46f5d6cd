// The whole portal: decides which page is on show, and what stands there when none can be.
import { Notice } from '../../components/notice.js'
import { SessionEnded } from '../entrance/session-ended.js'
import { Skeleton } from '../../components/skeleton.js'
import { TopBar } from './top-bar.js'
import { currentPage, onMove } from '../../lib/place.js'
import { html, useEffect, useRef, useState } from '../../lib/ui.js'
import { usePortal } from './use-portal.js'
import { ClosedPage } from '../entrance/closed.js'
import { FailedPage } from '../../components/failed-page.js'
import { HomePage } from '../home/page.js'
import { InvoicePage } from '../invoices/page.js'
import { InvoicesPage } from '../invoices/list.js'
import { ProjectPage } from '../projects/page.js'

const PAGES = { home: HomePage, projects: ProjectPage, invoices: InvoicesPage }

/** `onEnded(agency)` when nothing may be shown any longer; `onSignedOut(client)` where one can sign out at all. */
export function Portal({ door, onEnded, onSignedOut }) {
  const portal = usePortal(door)
  const page = usePage()
  const { phase, snapshot } = portal
  useEffect(() => {
    if (phase === 'ended') onEnded(snapshot?.agency)
  }, [phase])
  if (phase === 'loading' || phase === 'ended') return html`<${Skeleton} />`
  if (phase === 'closed') return html`<${ClosedPage} onRetry=${portal.load} />`
  if (phase === 'failed') return html`<${FailedPage} onRetry=${portal.load} />`
  const Page = page.name === 'invoices' && page.id ? InvoicePage : (PAGES[page.name] ?? HomePage)
  const signOut = onSignedOut && (() => portal.actions.signOut(() => onSignedOut(snapshot.client)))
  return html`<div class="portal">
    <${TopBar} snapshot=${snapshot} page=${page} onSignOut=${signOut} />
    ${portal.expired && html`<${SessionEnded} agency=${snapshot.agency} client=${snapshot.client} />`}
    <${Notice} notice=${portal.notice} onClose=${portal.closeNotice} />
    <${Page} key=${`${page.name}/${page.id}`} id=${page.id} portal=${portal} />
  </div>`
}

/** The page in the address; moving to another one brings the reader, and a screen reader, to its top. */
function usePage() {
  const [page, setPage] = useState(currentPage)
  const first = useRef(true)
  useEffect(() => onMove(() => setPage(currentPage())), [])
  useEffect(() => {
    if (!first.current) {
      scrollTo(0, 0)
      document.getElementById('main')?.focus()
    }
    first.current = false
  }, [page])
  return page
}
