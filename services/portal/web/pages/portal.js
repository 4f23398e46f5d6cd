// The whole portal: decides which page is on show, and what stands there when none can be.
import { MessagePage } from '../components/message-page.js'
import { Notice } from '../components/notice.js'
import { Skeleton } from '../components/skeleton.js'
import { TopBar } from '../components/top-bar.js'
import { currentPage, onMove } from '../lib/place.js'
import { html, useEffect, useRef, useState } from '../lib/ui.js'
import { usePortal } from '../lib/use-portal.js'
import { HomePage } from './home.js'
import { InvoicePage } from './invoice.js'
import { InvoicesPage } from './invoices.js'
import { ProjectPage } from './project.js'

const PAGES = { home: HomePage, projects: ProjectPage, invoices: InvoicesPage }

export function Portal({ api }) {
  const portal = usePortal(api)
  const page = usePage()
  if (portal.phase === 'loading') return html`<${Skeleton} />`
  if (portal.phase === 'ended') return html`<${EndedPage} />`
  if (portal.phase === 'closed') {
    return html`<${MessagePage} title="This portal is closed for now" action="Try again" onAction=${portal.load}>
      The agency has switched it off. Your work and papers are safe; ask them when it opens again.
    <//>`
  }
  if (portal.phase === 'failed') {
    return html`<${MessagePage} title="The portal does not answer" action="Try again" onAction=${portal.load}>
      Something went wrong on our side or on the way. Nothing of yours is lost.
    <//>`
  }
  const Page = page.name === 'invoices' && page.id ? InvoicePage : (PAGES[page.name] ?? HomePage)
  return html`<div class="portal">
    <${TopBar} snapshot=${portal.snapshot} page=${page} />
    <${Notice} notice=${portal.notice} onClose=${portal.closeNotice} />
    <${Page} key=${`${page.name}/${page.id}`} id=${page.id} portal=${portal} />
  </div>`
}

export function EndedPage() {
  return html`<${MessagePage} title="This link does not open a portal">
    It may have ended or been replaced by a newer one. Use the link in the latest mail you got from your
    agency, or ask them to send you a new one.
  <//>`
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
