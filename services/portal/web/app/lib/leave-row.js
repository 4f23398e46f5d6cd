/**
 * Call it before the row that has the focus goes: the focus moves on to the same place of the row after it, else of the
 * one before it, else to the page, and is not lost.
 */
export function leaveRow() {
  const way = document.activeElement
  const row = way?.closest('li, tr')
  const next = row?.nextElementSibling ?? row?.previousElementSibling
  const same = next && [...next.querySelectorAll('button')].at(-1 - after(row, way))
  ;(same ?? document.getElementById('main'))?.focus({ preventScroll: !same })
}

/** How many buttons of the row come after that one. */
function after(row, way) {
  const all = [...row.querySelectorAll('button')]
  return all.length - 1 - all.indexOf(way)
}
