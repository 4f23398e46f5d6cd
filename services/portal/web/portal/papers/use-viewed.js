import { whenPerson } from '../../lib/person.js'
import { useEffect } from '../../lib/ui.js'

/** Tells that a person looks at a paper, once for each `version` of it: opening a page is not reading it. */
export function useViewed(portal, path, version) {
  useEffect(
    () => (path ? whenPerson(() => portal.api.send(path).catch(() => {})) : undefined),
    [path, version],
  )
}
