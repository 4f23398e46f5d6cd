// Pages that are fetched when they are first opened.
import { FailedPage } from '../components/failed-page.js'
import { Skeleton } from '../components/skeleton.js'
import { html, useEffect, useState } from './ui.js'

/**
 * A component out of a module of its own, its default export. While the module comes, a skeleton stands in its place;
 * when it does not, a page with a button that tries again.
 */
export function lazy(fetchModule) {
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
    if (phase === 'away') return html`<${FailedPage} onRetry=${load} />`
    return html`<${Skeleton} />`
  }
}
