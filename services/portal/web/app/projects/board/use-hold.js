// A card in somebody's hand, by pointer or by keys: where it came from and where it would go.
import { t } from '../../../lib/texts.js'
import { useEffect, useLayoutEffect, useRef, useState } from '../../../lib/ui.js'
import { COLUMNS, moved, placeOf, stepped, taskOf } from './places.js'
import { useDrag } from './use-drag.js'

/**
 * `held` is {id, from, to, by} or null; `card(task)` answers what a card listens to, `ground` the board itself. `said`
 * tells a screen reader what goes on; `onMove(id, to)` hears of a card that was put down, `onRest` of one that was let go.
 */
export function useHold({ board, columns, holding, onMove, onRest }) {
  const [held, setHeld] = useState(null)
  const [said, setSaid] = useState('')
  const now = useRef(null)
  now.current = held
  holding.current = held !== null

  const title = (id) => taskOf(columns, id)?.title ?? ''
  const placeWords = ({ status, at }) => ({ column: t(`app.board.columns.${status}`), place: at + 1 })
  const take = (id, by) => {
    const from = placeOf(columns, id)
    if (!from) return
    setHeld({ id, from, to: from, by })
    if (by === 'keys') setSaid(t('app.board.taken', { title: title(id), ...placeWords(from) }))
  }
  const carry = (to) => {
    const { current } = now
    if (!current || (current.to.status === to.status && current.to.at === to.at)) return
    setHeld({ ...current, to })
    if (current.by === 'keys') setSaid(t('app.board.carried', placeWords(to)))
  }
  const put = () => {
    const { current } = now
    if (!current) return
    setHeld(null)
    onMove(current.id, current.to)
    setSaid(t('app.board.put', { title: title(current.id), ...placeWords(current.to) }))
  }
  const letGo = () => {
    const { current } = now
    if (!current) return
    setHeld(null)
    onRest()
    setSaid(t('app.board.let_go', { title: title(current.id) }))
  }
  const drag = useDrag({ board, held, take, carry, put, letGo })
  const keys = (task) => (event) => pressed(event, { task, held, columns, board, take, carry, put, letGo })

  // A card that has changed its column is another element: what holds the focus has to follow.
  const wanted = held?.by === 'keys' ? `${held.id}${held.to.status}${held.to.at}` : ''
  const last = useRef(null)
  useLayoutEffect(() => {
    if (held?.by === 'keys') last.current = held.id
    if (last.current) focusOn(board.current, last.current)
    if (!held) last.current = null
  }, [wanted])
  useEffect(() => {
    if (held?.by !== 'pointer') return undefined
    const cancel = (event) => event.key === 'Escape' && letGo()
    addEventListener('keydown', cancel, true)
    return () => removeEventListener('keydown', cancel, true)
  }, [held?.by])
  return {
    held,
    said,
    shown: held ? moved(columns, held.id, held.to) : columns,
    card: (task) => ({ ...drag.card(task), onKeyDown: keys(task), onKeyUp: (event) => event.key === ' ' && event.preventDefault() }),
    ground: drag.ground,
    ghost: drag.ghost,
  }
}

const ARROWS = ['ArrowUp', 'ArrowDown', 'ArrowLeft', 'ArrowRight']

function pressed(event, { task, held, columns, board, take, carry, put, letGo }) {
  const mine = held?.id === task.id && held.by === 'keys'
  const key = alongReading(event.key, board.current)
  if (ARROWS.includes(key) && mine) carry(stepped(columns, held.to, key, task.id))
  else if (ARROWS.includes(key)) focusNext(board.current, columns, task, key)
  else if (event.key === ' ') (mine ? put : () => take(task.id, 'keys'))()
  else if (event.key === 'Enter' && mine) put()
  else if (event.key === 'Escape' && mine) letGo()
  else {
    if (event.key === 'Tab' && mine) letGo()
    return
  }
  event.preventDefault()
  event.stopPropagation()
}

function alongReading(key, board) {
  if (getComputedStyle(board).direction !== 'rtl') return key
  return { ArrowLeft: 'ArrowRight', ArrowRight: 'ArrowLeft' }[key] ?? key
}

function focusNext(board, columns, task, key) {
  const { status, at } = placeOf(columns, task.id)
  if (key === 'ArrowUp' || key === 'ArrowDown') {
    const next = columns[status][at + (key === 'ArrowUp' ? -1 : 1)]
    return next && focusOn(board, next.id)
  }
  const step = key === 'ArrowRight' ? 1 : -1
  for (let index = COLUMNS.indexOf(status) + step; COLUMNS[index]; index += step) {
    const column = columns[COLUMNS[index]]
    if (column.length > 0) return focusOn(board, column[Math.min(at, column.length - 1)].id)
  }
  return undefined
}

function focusOn(board, id) {
  board?.querySelector(`[data-task="${id}"] .task-open`)?.focus()
}
