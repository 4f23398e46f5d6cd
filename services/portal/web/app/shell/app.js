// The whole dashboard: whether one may come in, and which page is on show.
import { FailedPage } from '../../components/failed-page.js'
import { NothingHere } from '../../components/nothing-here.js'
import { Skeleton } from '../../components/skeleton.js'
import { Toasts } from '../../components/toasts.js'
import { goTo, onMove } from '../../lib/place.js'
import { onTold } from '../../lib/tabs.js'
import { html, useEffect, useRef, useState } from '../../lib/ui.js'
import { findOut, me, phase } from '../lib/session.js'
import { DOORS, PAGES, pageAt } from '../routes.js'
import { SessionEnded } from './session-ended.js'
import { Shell } from './shell.js'

export function App() {
  const path = usePath()
  const [, draw] = useState(0)
  useEffect(() => phase.subscribe(() => draw((count) => count + 1)), [])
  const door = pageAt(DOORS, path)
  useEffect(() => {
    if (!door && phase.value === 'asking') findOut()
  }, [door])
  useEffect(() => onTold(({ what }) => ['staff-in', 'staff-out'].includes(what) && !door && findOut()), [door])
  useEffect(() => {
    if (phase.value === 'out' && !door) goTo(`/app/sign-in?next=${encodeURIComponent(location.pathname + location.search)}`)
  }, [phase.value, door])

  if (door) return html`<${Toasts} /><${door.Page} key=${path} ...${door.props} />`
  if (phase.value === 'failed') return html`<${FailedPage} onRetry=${findOut} />`
  if (!me.value) return html`<${Skeleton} />`
  const found = pageAt(PAGES, path)
  return html`<${Shell} path=${path}>
    ${phase.value === 'ended' && html`<${SessionEnded} />`}
    ${found ? html`<${found.Page} key=${path} ...${found.props} />` : html`<${NothingHere} home="/app" />`}
  <//>`
}

/** The address; moving to another one brings the reader, and a screen reader, to its top. */
function usePath() {
  const [path, setPath] = useState(location.pathname)
  const first = useRef(true)
  useEffect(() => onMove(() => setPath(location.pathname)), [])
  useEffect(() => {
    if (!first.current) {
      scrollTo(0, 0)
      document.getElementById('main')?.focus()
    }
    first.current = false
  }, [path])
  return path
}
