/** Scrolls a row that does not fit on a phone, so that what matches `selector` in it is seen. Moves the row alone, never the page. */
export function center(row, selector) {
  const shown = row?.querySelector(selector)
  if (!shown) return
  const [around, at] = [row.getBoundingClientRect(), shown.getBoundingClientRect()]
  row.scrollBy(at.left + at.width / 2 - around.left - around.width / 2, 0)
}
