// Where tasks stand: columns of a board as plain data, {status: [task, ...]}.
export const COLUMNS = ['todo', 'in_progress', 'in_review', 'query', 'complete']

/** Tasks in their columns and in their order there. */
export function columnsOf(tasks) {
  const inOrder = [...tasks].sort((one, other) => one.position - other.position)
  return Object.fromEntries(COLUMNS.map((status) => [status, inOrder.filter((task) => task.status === status)]))
}

/** `{status, at}` of a task; null where there is none of that id. */
export function placeOf(columns, id) {
  for (const status of COLUMNS) {
    const at = columns[status].findIndex((task) => task.id === id)
    if (at >= 0) return { status, at }
  }
  return null
}

export function taskOf(columns, id) {
  const place = placeOf(columns, id)
  return place && columns[place.status][place.at]
}

/** The same with a task at another place; `at` counts without the task itself. */
export function moved(columns, id, { status, at }) {
  const task = taskOf(columns, id)
  if (!task) return columns
  const left = without(columns, id)
  const column = [...left[status]]
  column.splice(at, 0, { ...task, status })
  return { ...left, [status]: column }
}

export function without(columns, id) {
  return Object.fromEntries(COLUMNS.map((status) => [status, columns[status].filter((task) => task.id !== id)]))
}

export function changed(columns, id, changes) {
  return Object.fromEntries(COLUMNS.map((status) => [status, columns[status].map((task) => (task.id === id ? { ...task, ...changes } : task))]))
}

/** A step of an arrow key from a place: up and down in the column, else to the same height in the next one. */
export function stepped(columns, { status, at }, key, id) {
  const others = (name) => columns[name].filter((task) => task.id !== id).length
  if (key === 'ArrowUp') return { status, at: Math.max(0, at - 1) }
  if (key === 'ArrowDown') return { status, at: Math.min(others(status), at + 1) }
  const next = COLUMNS[COLUMNS.indexOf(status) + (key === 'ArrowRight' ? 1 : -1)]
  return next ? { status: next, at: Math.min(others(next), at) } : { status, at }
}
