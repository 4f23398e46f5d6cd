// Where somebody goes on who had to sign in first.
const DOORS = /^\/app\/(sign-in|register|forgot-password|reset-password|invitation)(\/|$)/

/** The address after `?next=`, if it is a page of the dashboard; else the dashboard's home. */
export function nextPlace() {
  const wanted = new URLSearchParams(location.search).get('next') ?? ''
  if (!wanted.startsWith('/') || !URL.canParse(wanted, location.origin)) return '/app'
  const { origin, pathname, search: query } = new URL(wanted, location.origin)
  const inside = origin === location.origin && (pathname === '/app' || pathname.startsWith('/app/')) && !DOORS.test(pathname)
  return inside ? pathname + query : '/app'
}
