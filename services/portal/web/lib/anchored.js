// Puts what pops up next to what it belongs to.
const GAP = 4

/**
 * Places an open popover under `anchor`, above it where there is no room, and never past the window's edge; with `wide`
 * it is as wide as the anchor. The style sheet takes the place from --x, --y and --wide.
 */
export function placeAt(popover, anchor, { wide = false } = {}) {
  const around = anchor.getBoundingClientRect()
  if (wide) popover.style.setProperty('--wide', `${around.width}px`)
  const { offsetWidth: width, offsetHeight: height } = popover
  const wanted = around.left > innerWidth / 2 && !wide ? around.right - width : around.left
  const under = around.bottom + GAP
  const above = around.top - height - GAP
  popover.style.setProperty('--x', `${Math.max(Math.min(wanted, innerWidth - width - GAP), GAP)}px`)
  popover.style.setProperty('--y', `${under + height > innerHeight && above > GAP ? above : under}px`)
}
