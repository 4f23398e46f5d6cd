// What the tab is called: the page, then the agency.
import { useEffect } from '../../lib/ui.js'
import { me } from './session.js'

export function useTitle(title) {
  const agency = me.value?.agency?.name
  useEffect(() => {
    if (title) document.title = agency ? `${title} · ${agency}` : title
  }, [title, agency])
}
