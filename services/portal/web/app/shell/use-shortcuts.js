// Keys that work anywhere in the dashboard, but not while one types or a window is open.
import { goTo } from '../../lib/place.js'
import { hasSingleKeys } from '../../lib/preferences.js'
import { useEffect, useRef } from '../../lib/ui.js'
import { BEGINNINGS, SECTIONS } from './sections.js'

const PAUSE_MS = 1200
// First key, then what the second one leads to.
const PAIRS = { g: SECTIONS, n: BEGINNINGS }

export function useShortcuts({ palette, help }) {
  const latest = useRef({})
  latest.current = { palette, help }
  useEffect(() => {
    let first = { key: '', at: 0 }
    const press = (event) => {
      if (event.defaultPrevented) return
      if ((event.metaKey || event.ctrlKey) && !event.altKey && !event.shiftKey && event.key.toLowerCase() === 'k') {
        event.preventDefault()
        if (!document.querySelector('dialog[open]')) latest.current.palette()
        return
      }
      if (event.metaKey || event.ctrlKey || event.altKey || isBusy(event.target) || !hasSingleKeys()) return
      const way = PAIRS[first.key] && event.timeStamp - first.at < PAUSE_MS ? PAIRS[first.key].find(({ key }) => key === event.key) : null
      first = { key: way ? '' : event.key, at: event.timeStamp }
      const action = way ? () => goTo(way.to) : { '?': latest.current.help, '/': latest.current.palette }[event.key]
      if (!action) return
      event.preventDefault()
      action()
    }
    addEventListener('keydown', press)
    return () => removeEventListener('keydown', press)
  }, [])
}

function isBusy(target) {
  if (document.querySelector('dialog[open], [popover="auto"]:popover-open')) return true
  return target.isContentEditable || (target.matches?.('input, select, textarea') && !['checkbox', 'radio'].includes(target.type))
}
