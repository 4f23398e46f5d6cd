// Where the person is: the portal token out of the address, and the page named after the `#`.
//
// The token leaves the address bar as soon as it is read, so that a screenshot, a shared address or the
// browser's suggestions do not carry it. It stays in this tab's history entries, which only pages of this
// origin can read and which survive a reload.
const HOME = '/client-portal'

export function takeToken() {
  const inPath = decodeURIComponent(location.pathname.slice(HOME.length).replaceAll('/', ''))
  const token = inPath || history.state?.token || null
  history.replaceState({ token }, '', HOME + location.hash)
  return token
}

export function currentPage() {
  const [name, id] = location.hash.replace(/^#\/?/, '').split('/')
  return { name: name || 'home', id: id ?? null }
}

export function goTo(hash) {
  if (hash === location.hash) return
  history.pushState(history.state, '', HOME + hash)
  dispatchEvent(new PopStateEvent('popstate'))
}

export function onMove(listener) {
  addEventListener('popstate', listener)
  return () => removeEventListener('popstate', listener)
}
