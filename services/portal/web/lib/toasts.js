// What actions came to, said at the edge of the page by components/toasts.js.
const MOST = 3
const listeners = new Set()
let toasts = []
let last = 0

/**
 * Says `text` in a `tone` (success, danger, warning, info). With `undo` there is a button that calls it. The newest
 * three stay; good news fades by itself. Answers what takes it away again.
 */
export function toast({ tone = 'success', text, undo = null }) {
  const id = (last += 1)
  const same = toasts.filter((one) => one.undo === null && one.text === text).map((one) => one.id)
  change([...toasts.filter((one) => !same.includes(one.id)), { id, tone, text, undo }].slice(-MOST))
  return () => dismiss(id)
}

export function dismiss(id) {
  change(toasts.filter((one) => one.id !== id))
}

/** Calls `listener` with all toasts on show, now and whenever they change; answers what ends that. */
export function onToasts(listener) {
  listeners.add(listener)
  listener(toasts)
  return () => listeners.delete(listener)
}

function change(next) {
  toasts = next
  for (const listener of listeners) listener(toasts)
}
