import { useEffect, useRef } from '../../../lib/ui.js'
import { placeOf } from './places.js'

/**
 * Gives the focus back to a card whose drawer has closed, wherever that card stands by now; where it is gone, to the one
 * in its place. Answers the id of the card that was opened last.
 */
export function useFocusBack({ board, columns, opened }) {
  const last = useRef(null)
  if (opened) last.current = { id: opened, place: placeOf(columns, opened) ?? last.current?.place }
  useEffect(() => {
    // The browser has given it back already, unless the card is another element now.
    if (opened || !last.current || document.activeElement !== document.body) return
    const { id, place } = last.current
    const { status, at } = placeOf(columns, id) ?? place ?? {}
    const column = board.current?.querySelector(`[data-status="${status}"]`)
    const ways = [...(column?.querySelectorAll('.task-open') ?? [])]
    const way = column?.querySelector(`[data-task="${id}"] .task-open`) ?? ways[Math.min(at, ways.length - 1)]
    ;(way ?? column?.querySelector('.quick-add button'))?.focus()
  }, [opened])
  return last.current?.id
}
