// The client's face: opens the page that the address names.
import { lazy } from '../components/lazy.js'
import { keepFocus } from '../lib/keep-focus.js'
import { watchForPerson } from '../lib/person.js'
import { takeToken } from '../lib/place.js'
import { html, render } from '../lib/ui.js'
import { EntrancePage } from './entrance/page.js'
import { LinkPortalPage } from './entrance/link-portal.js'

const IntakePage = lazy(() => import('./intake/page.js'))
const ViewAsPage = lazy(() => import('./entrance/view-as.js'))

const root = document.getElementById('root')
root.replaceChildren()
watchForPerson()
keepFocus()
render(pageAt(location.pathname), root)

function pageAt(path) {
  if (path === '/app/view-as') return html`<${ViewAsPage} query=${location.search} />`
  const intake = path.match(/^\/intake\/([^/]+)\/([^/]+)\/?$/)?.slice(1).map(decodeURIComponent)
  if (intake) return html`<${IntakePage} slug=${intake[0]} name=${intake[1]} />`
  const slug = path.match(/^\/portal\/([^/]+)\/?$/)?.[1]
  if (slug) return html`<${EntrancePage} slug=${decodeURIComponent(slug)} hasCookie=${root.dataset.session === 'maybe'} />`
  return html`<${LinkPortalPage} token=${takeToken()} />`
}
