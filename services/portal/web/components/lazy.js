// Pages that are fetched when they are first opened.
import { FailedPage } from './failed-page.js'
import { Skeleton } from './skeleton.js'
import { html, useEffect, useState } from '../lib/ui.js'

/**
 * A component out of a module of its own, its default export. While the module comes, `Waiting` stands in its place;
 * when it does not come, `Failed`, which has a button that tries again. Both are whole pages where nothing else is said.
 */
export function lazy(fetchModule, Waiting = Skeleton, Failed = FailedPage) {
  let Page = null
  return function Lazy(props) {
    const [phase, setPhase] = useState(Page ? 'here' : 'coming')
    const load = async () => {
      setPhase('coming')
      try {
        Page ??= (await fetchModule()).default
        setPhase('here')
      } catch {
        setPhase('away')
      }
    }
    useEffect(() => {
      if (!Page) load()
    }, [])
    if (phase === 'here') return html`<${Page} ...${props} />`
    if (phase === 'away') return html`<${Failed} onRetry=${load} />`
    return html`<${Waiting} />`
  }
}
