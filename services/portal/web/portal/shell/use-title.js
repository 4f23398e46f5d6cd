import { useEffect } from '../../lib/ui.js'

/** What the browser's tab is called: the page, then whose portal it is. */
export function useTitle(portal, ...parts) {
  const { settings, agency } = portal.snapshot
  const title = [...parts, settings.portal_name || agency.name].filter(Boolean).join(' · ')
  useEffect(() => {
    document.title = title
  }, [title])
}
