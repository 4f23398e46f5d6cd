// Numbers as people type them.
const LANGUAGE = document.documentElement.lang || undefined
const MARK = new Intl.NumberFormat(LANGUAGE).format(1.5).includes(',') ? ',' : '.'
// A currency's sign or code, as it comes along when an amount is pasted.
const CURRENCY = /^(?:[A-Z]{1,2}(?=\p{Sc})|[A-Z]{3})?\p{Sc}?|(?:\p{Sc}|[A-Z]{3})$/gu
const THOUSANDS = /^-?[1-9]\d{0,2}[.,]\d{3}$/

/**
 * The number in a text like `1,499.50`, `1.499,50`, `1 499,5` or `1499.5`; null where there is none. The last comma or
 * point is the decimal one, unless it stands more than once, or parts off thousands in the reader's language.
 */
export function amountOf(text) {
  const bare = String(text ?? '').replace(/[\s\u00a0\u202f'’]/g, '').replace(CURRENCY, '')
  if (!/^-?[\d.,]*\d[\d.,]*$/.test(bare)) return null
  const marks = bare.match(/[.,]/g) ?? []
  const last = marks.at(-1)
  const grouped = marks.filter((mark) => mark === last).length > 1 || (last !== MARK && THOUSANDS.test(bare))
  if (!last || grouped) return Number(bare.replace(/[.,]/g, ''))
  const at = bare.lastIndexOf(last)
  return Number(`${bare.slice(0, at).replace(/[.,]/g, '')}.${bare.slice(at + 1) || '0'}`)
}

/** A number as it stands in a field: no grouping, the reader's decimal mark. */
export function typed(amount) {
  return String(amount ?? '').replace('.', MARK)
}
