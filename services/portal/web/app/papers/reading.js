// What is typed into an editor, as the API takes it, and what of it cannot be read.
import { amountOf } from '../../lib/amounts.js'
import { decimalsOf } from '../../lib/currencies.js'
import { t } from '../../lib/texts.js'
import { minorOf, NotBillable, totalsOf } from '../../lib/totals.js'
import { isBlank } from './typed.js'

/**
 * The content as a body for the API: `{content, complaints, missing, rows}`. What cannot be read is 0 in it, with a
 * complaint under the name of its field (`lines.2.unitPrice`); `missing` complains of what is not typed yet. `rows` tells
 * for each line of the body which line of the editor it is: those that are blank are left out. With `hasOptional` lines
 * say whether the client may leave them out.
 */
export function readContent(values, { hasOptional = false } = {}) {
  const reader = new Reader(values.currency)
  const kept = values.lines.map((line, at) => ({ line, at })).filter(({ line }) => !isBlank(line))
  const counted = kept.length > 0 ? kept : [{ line: values.lines[0], at: 0 }]
  const content = {
    currency: values.currency,
    lines: counted.map(({ line, at }) => ({ ...readLine(reader, line, at), ...(hasOptional ? { optional: line.optional } : {}) })),
    taxInclusive: values.taxInclusive,
    discount: reader.share(values.discount, 'discount'),
    notes: values.notes.trim(),
  }
  return { content, complaints: reader.complaints, missing: reader.missing, rows: counted.map(({ at }) => at) }
}

/** What the content comes to, as `totalsOf` answers; else `{complaint}` by the name of its field. */
export function liveTotals({ content, rows }, chosen) {
  try {
    const totals = totalsOf(content, chosen)
    return { totals, amounts: Object.fromEntries(rows.map((at, index) => [at, totals.lineAmounts[index]])), complaints: {} }
  } catch (problem) {
    if (!(problem instanceof NotBillable)) throw problem
    return { totals: null, amounts: {}, complaints: { [inEditor(problem.field, rows)]: t(`app.papers.${problem.reason}`) } }
  }
}

const CALLED = { clientId: 'client', projectId: 'project', minimumPayment: 'least', 'deposit.dueDate': 'depositOn', sendEmail: 'how' }

/** The name of a field of the body, as the editor calls it. */
export function inEditor(field, rows) {
  if (CALLED[field]) return CALLED[field]
  const [, at, rest] = /^lines\.(\d+)(.*)$/.exec(field) ?? []
  const named = at === undefined ? field : `lines.${rows[at] ?? at}${rest}`
  return named.replace(/\.(value|type)$/, '')
}

/** Reads fields one by one, and remembers what is wrong with them. */
export class Reader {
  constructor(currency) {
    this.currency = currency
    this.complaints = {}
    this.missing = {}
  }

  text(value, field) {
    if (!value.trim()) this.missing[field] = t('app.papers.missing_text')
    return value.trim()
  }

  number(text, field, { decimals, most = Infinity, empty = 0 }) {
    if (!text.trim()) return empty
    const number = amountOf(text)
    if (number === null || number < 0) return this.complain(field, t('app.papers.no_number'))
    if (number > most) return this.complain(field, t('app.papers.at_most', { most }))
    try {
      minorOf(number, decimals)
    } catch (problem) {
      return this.complain(field, problem.reason === 'too_fine' ? t('app.papers.too_fine', { count: decimals }) : t(`app.papers.${problem.reason}`))
    }
    return number
  }

  money(text, field, options = {}) {
    return this.number(text, field, { decimals: decimalsOf(this.currency), ...options })
  }

  /** A share in percent or an amount; null for none. */
  share({ type, value }, field) {
    if (!value.trim()) return null
    const read = type === 'percent' ? this.number(value.replace('%', ''), field, { decimals: 3, most: 100 }) : this.money(value, field)
    return { type, value: read }
  }

  complain(field, text) {
    this.complaints[field] = text
    return 0
  }
}

function readLine(reader, line, at) {
  const field = (name) => `lines.${at}.${name}`
  if (!line.unitPrice.trim()) reader.missing[field('unitPrice')] = t('app.papers.missing_price')
  const quantity = reader.number(line.quantity, field('quantity'), { decimals: 4, most: 10 ** 9, empty: 1 })
  if (quantity === 0 && !reader.complaints[field('quantity')]) reader.complain(field('quantity'), t('app.papers.not_zero'))
  return {
    description: reader.text(line.description, field('description')),
    quantity,
    unitPrice: reader.money(line.unitPrice, field('unitPrice')),
    taxRate: reader.number(line.taxRate.replace('%', ''), field('taxRate'), { decimals: 3, most: 100, empty: null }),
    taxName: line.taxName.trim() || null,
    discount: reader.share(line.discount, field('discount')),
  }
}
