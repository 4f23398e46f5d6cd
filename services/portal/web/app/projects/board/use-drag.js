// Dragging with a mouse, a pen or a finger; a finger drags by the grip, so that the rest of a card still scrolls.
import { useEffect, useRef } from '../../../lib/ui.js'

const STARTS_AFTER_PX = 5
const EDGE_PX = 56
const STEP_PX = 14

/** What cards and the board listen to while `held` is, or might soon be, dragged; `ghost` is for what follows the pointer. */
export function useDrag({ board, held, take, carry, put, letGo }) {
  const start = useRef(null)
  const point = useRef({ x: 0, y: 0 })
  const ghost = useRef(null)
  const latest = useRef(null)
  latest.current = { held, carry }
  const dragging = held?.by === 'pointer'

  const follow = () => {
    const { x, y } = point.current
    const element = ghost.current
    element?.style.setProperty('--x', `${x - start.current.dx}px`)
    element?.style.setProperty('--y', `${y - start.current.dy}px`)
    element?.style.setProperty('--w', `${start.current.width}px`)
  }
  useEffect(() => {
    if (!dragging) return undefined
    follow()
    let frame = 0
    const roll = () => {
      if (scrolled(board.current, point.current)) latest.current.carry(targetAt(board.current, point.current, latest.current.held.id))
      frame = requestAnimationFrame(roll)
    }
    frame = requestAnimationFrame(roll)
    return () => cancelAnimationFrame(frame)
  }, [dragging])

  const down = (task) => (event) => {
    if (event.button !== 0 || held) return
    if (event.pointerType === 'touch' && !event.target.closest('.task-grip')) return
    const { left, top, width } = event.currentTarget.getBoundingClientRect()
    start.current = { id: task.id, pointer: event.pointerId, x: event.clientX, y: event.clientY, dx: event.clientX - left, dy: event.clientY - top, width }
  }
  const move = (event) => {
    if (start.current?.pointer !== event.pointerId) return
    point.current = { x: event.clientX, y: event.clientY }
    if (dragging) {
      follow()
      carry(targetAt(board.current, point.current, held.id))
    } else if (Math.hypot(event.clientX - start.current.x, event.clientY - start.current.y) >= STARTS_AFTER_PX) {
      // On the board: the card itself changes its place, and with it its element.
      board.current.setPointerCapture(event.pointerId)
      take(start.current.id, 'pointer')
    }
  }
  const up = (event) => {
    if (start.current?.pointer !== event.pointerId) return
    start.current = null
    if (dragging) put()
  }
  const cancel = (event) => {
    if (start.current?.pointer !== event.pointerId) return
    start.current = null
    if (dragging) letGo()
  }
  return {
    ghost,
    card: (task) => ({ onPointerDown: down(task) }),
    ground: { onPointerMove: move, onPointerUp: up, onPointerCancel: cancel },
  }
}

/** The column under the pointer, and before which of its cards. */
function targetAt(board, { x, y }, id) {
  const columns = [...board.querySelectorAll('[data-status]')]
  const away = (column) => {
    const { left, right } = column.getBoundingClientRect()
    return Math.max(left - x, x - right, 0)
  }
  const column = columns.reduce((nearest, one) => (away(one) < away(nearest) ? one : nearest))
  const others = [...column.querySelectorAll('[data-task]')].filter(({ dataset }) => dataset.task !== id)
  const above = others.filter((card) => {
    const { top, height } = card.getBoundingClientRect()
    return y > top + height / 2
  })
  return { status: column.dataset.status, at: above.length }
}

/** Scrolls board and page while the pointer is near an edge of theirs; answers whether anything moved. */
function scrolled(board, { x, y }) {
  const { left, right } = board.getBoundingClientRect()
  const across = x > Math.min(right, innerWidth) - EDGE_PX ? STEP_PX : x < Math.max(left, 0) + EDGE_PX ? -STEP_PX : 0
  const along = y > innerHeight - EDGE_PX ? STEP_PX : y < EDGE_PX ? -STEP_PX : 0
  const before = [board.scrollLeft, scrollY]
  if (across) board.scrollLeft += across
  if (along) scrollBy(0, along)
  return board.scrollLeft !== before[0] || scrollY !== before[1]
}
