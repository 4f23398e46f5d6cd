// The whole dashboard: whether one may come in, and which page is on show.
import { FailedPage } from '../../components/failed-page.js'
import { NothingHere } from '../../components/nothing-here.js'
import { Skeleton } from '../../components/skeleton.js'
import { Toasts } from '../../components/toasts.js'
import { goTo, onMove } from '../../lib/place.js'
import { onTold } from '../../lib/tabs.js'
import { html, useEffect, useState } from '../../lib/ui.js'
import { findOut, me, phase } from '../lib/session.js'
import { DOORS, PAGES, pageAt } from '../routes.js'
import { PageBoundary } from './page-boundary.js'
import { SessionEnded } from './session-ended.js'
import { Shell } from './shell.js'

export function App() {
  const path = usePath()
  const door = pageAt(DOORS, path)
  useSession(door === null)
  if (door) {
    return html`<${Toasts} /><${PageBoundary} key=${path}><${door.Page} ...${door.props} /><//>`
  }
  if (phase.value === 'failed') return html`<${FailedPage} onRetry=${findOut} />`
  if (!me.value) return html`<${Skeleton} />`
  const found = pageAt(PAGES, path)
  return html`<${Shell} path=${path} arrival=${found?.key ?? path}>
    <${PageBoundary} key=${found?.key ?? path}>
      ${found ? html`<${found.Page} ...${found.props} />` : html`<${NothingHere} home="/app" />`}
    <//>
  <//>
  <${SessionEnded} open=${phase.value === 'ended'} />`
}

/** Finds out who is signed in, and sends whoever is not to where they sign in. */
function useSession(wanted) {
  const [, draw] = useState(0)
  useEffect(() => {
    const redraw = () => draw((count) => count + 1)
    const ends = [phase.subscribe(redraw), me.subscribe(redraw)]
    return () => ends.forEach((end) => end())
  }, [])
  useEffect(() => {
    if (wanted && phase.value === 'asking') findOut()
  }, [wanted])
  useEffect(() => onTold(({ what }) => wanted && ['staff-in', 'staff-out'].includes(what) && findOut()), [wanted])
  useEffect(() => {
    if (phase.value !== 'out' || !wanted) return
    phase.value = 'asking'
    goTo(`/app/sign-in?next=${encodeURIComponent(location.pathname + location.search)}`)
  }, [phase.value, wanted])
}

function usePath() {
  const [path, setPath] = useState(location.pathname)
  useEffect(() => onMove(() => setPath(location.pathname)), [])
  return path
}
