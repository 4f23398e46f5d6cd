// Where the person is: credentials out of the address, and the page named after the `#`.
//
// A credential leaves the address bar as soon as it is read, so that a screenshot, a shared address or the
// browser's suggestions do not carry it. One that has to survive a reload stays in this tab's history entries,
// which only pages of this origin can read.
const LINKED = '/client-portal'

/** The portal token out of `/client-portal/{token}`, or from the history entry after a reload. */
export function takeToken() {
  const inPath = decodeURIComponent(location.pathname.slice(LINKED.length).replaceAll('/', ''))
  const token = inPath || history.state?.token || null
  history.replaceState({ token }, '', LINKED + location.hash)
  return token
}

/** A secret after the `#` of a mailed address (`#magic=...`), as `{name, value}`; taken out of the address at once. */
export function takeSecret(...names) {
  const [name, value] = location.hash.slice(1).split('=')
  if (!value || !names.includes(name)) return null
  history.replaceState(history.state, '', location.pathname)
  return { name, value }
}

/** What this tab's history entry remembers. */
export function inEntry(name) {
  return history.state?.[name] ?? null
}

export function keepInEntry(values) {
  history.replaceState({ ...history.state, ...values }, '')
}

export function currentPage() {
  const [name, id, part] = location.hash.replace(/^#\/?/, '').split('/')
  return { name: name || 'home', id: id ?? null, part: part ?? null }
}

/** Another page of this face: `#/...` in the portal, whose history entries carry its credential on; `/app/...` in the dashboard. */
export function goTo(address) {
  const inPortal = address.startsWith('#')
  const here = inPortal ? location.hash : location.pathname + location.search
  if (address === here) return
  history.pushState(inPortal ? history.state : null, '', inPortal ? location.pathname + address : address)
  dispatchEvent(new PopStateEvent('popstate'))
}

/** The same page under another address, such as with another filter; nothing to go back to. */
export function replaceAddress(address) {
  history.replaceState(history.state, '', address)
  dispatchEvent(new PopStateEvent('popstate'))
}

/** As if one had been there all along: nothing to go back to. */
export function startAt(hash) {
  history.replaceState(history.state, '', location.pathname + hash)
}

export function onMove(listener) {
  addEventListener('popstate', listener)
  return () => removeEventListener('popstate', listener)
}
