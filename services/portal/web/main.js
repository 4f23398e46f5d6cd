// Opens the page that the address names.
import { watchForPerson } from './lib/person.js'
import { inEntry, keepInEntry, onMove, takeSecret, takeToken } from './lib/place.js'
import { html, render } from './lib/ui.js'
import { EntrancePage } from './pages/entrance.js'
import { IntakePage } from './pages/intake.js'
import { InvitationPage } from './pages/invitation.js'
import { LinkPortalPage } from './pages/link-portal.js'
import { ResetPasswordPage } from './pages/reset-password.js'

const root = document.getElementById('root')
root.replaceChildren()
watchForPerson()
render(pageAt(location.pathname), root)

function pageAt(path) {
  if (path === '/app/invitation') return html`<${InvitationPage} token=${mailedToken()} />`
  if (path === '/app/reset-password') return html`<${ResetPasswordPage} token=${mailedToken()} />`
  const intake = path.match(/^\/intake\/([^/]+)\/([^/]+)\/?$/)?.slice(1).map(decodeURIComponent)
  if (intake) return html`<${IntakePage} slug=${intake[0]} name=${intake[1]} />`
  const slug = path.match(/^\/portal\/([^/]+)\/?$/)?.[1]
  if (slug) return html`<${EntrancePage} slug=${decodeURIComponent(slug)} hasCookie=${root.dataset.session === 'maybe'} />`
  return html`<${LinkPortalPage} token=${takeToken()} />`
}

/** Survives a reload: whoever fetches a password from elsewhere on a phone comes back to one. */
function mailedToken() {
  const secret = takeSecret('token')
  if (secret) keepInEntry({ mailed: secret.value })
  // Another mail's link in the same tab changes only the part after the `#`.
  onMove(() => location.hash && location.reload())
  return inEntry('mailed')
}
