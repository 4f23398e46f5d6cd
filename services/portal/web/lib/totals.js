// What a quote or an invoice comes to: the arithmetic of services/billing/invoices/totals.py, so that both always agree.
// Exact integers in minor units, halves rounded up; nothing on a paper is negative.
import { decimalsOf } from './currencies.js'

const QUANTITY_DECIMALS = 4
const RATE_DECIMALS = 3
const WHOLE = 100n * 10n ** BigInt(RATE_DECIMALS)
const MOST = 10n ** 15n

/** Why there are no totals: `field` as the API names it, `reason` too_large, too_fine or discount_too_large. */
export class NotBillable extends Error {
  constructor(field, reason) {
    super(`${field}: ${reason}`)
    this.field = field
    this.reason = reason
  }
}

/**
 * The totals of a paper in the shapes and names of the API (`currency`, `lines`, `taxInclusive`, `discount`; amounts in the
 * currency's major unit): `{lineAmounts, subtotal, discountTotal, taxes, taxTotal, amount}`. A line that is `optional`
 * counts where its index is in `chosen`; `lineAmounts` has all of them. Raises NotBillable.
 */
export function totalsOf({ currency, lines, taxInclusive = false, discount = null }, chosen = []) {
  const decimals = decimalsOf(currency)
  const all = lines.map((line, at) => lineAmount(line, decimals, `lines.${at}`))
  const counted = lines.map((line, at) => ({ line, amount: all[at], at })).filter(({ line, at }) => !line.optional || chosen.includes(at))
  const subtotal = within(sum(counted.map(({ amount }) => amount)), 'lines')
  const reduction = discount ? discountOn(subtotal, discount, decimals, 'discount') : 0n
  const parts = spread(reduction, counted.map(({ amount }) => amount))
  const taxes = taxesOf(counted.map(({ line, amount }, at) => ({ line, net: amount - parts[at] })), taxInclusive)
  const taxTotal = sum(taxes.map((tax) => tax.amount))
  const total = within(sum(taxes.map(({ base }) => base)) + taxTotal, 'lines')
  const major = (minor) => majorOf(minor, decimals)
  return {
    lineAmounts: all.map(major),
    subtotal: major(subtotal),
    discountTotal: major(reduction),
    taxes: taxes.map((tax) => ({ ...tax, rate: majorOf(tax.rate, RATE_DECIMALS), base: major(tax.base), amount: major(tax.amount) })),
    taxTotal: major(taxTotal),
    amount: major(total),
  }
}

/** The deposit on an amount: a share of it, or so much money. Raises NotBillable. */
export function depositOn(amount, deposit, currency) {
  const decimals = decimalsOf(currency)
  return majorOf(discountOn(minorOf(amount, decimals, 'amount'), deposit, decimals, 'deposit'), decimals)
}

function lineAmount({ quantity = 1, unitPrice, discount = null }, decimals, field) {
  const many = minorOf(quantity, QUANTITY_DECIMALS, `${field}.quantity`)
  const price = minorOf(unitPrice, decimals, `${field}.unitPrice`)
  const gross = within(divide(many * price, 10n ** BigInt(QUANTITY_DECIMALS)), field)
  return discount ? gross - discountOn(gross, discount, decimals, `${field}.discount`) : gross
}

function discountOn(whole, { type, value }, decimals, field) {
  const minor =
    type === 'percent' ? divide(whole * minorOf(value, RATE_DECIMALS, `${field}.value`), WHOLE) : minorOf(value, decimals, `${field}.value`)
  if (minor > whole) throw new NotBillable(field, 'discount_too_large')
  return minor
}

/** One tax for each rate, on the sum of its lines (EN 16931, BR-CO-17); lines without a rate have one of 0. */
function taxesOf(lines, inclusive) {
  const rates = new Map()
  for (const { line, net } of lines) {
    const rate = minorOf(line.taxRate ?? 0, RATE_DECIMALS, 'taxRate')
    const found = rates.get(rate) ?? { names: new Set(), net: 0n }
    if (line.taxName) found.names.add(line.taxName)
    rates.set(rate, { ...found, net: found.net + net })
  }
  return [...rates].sort(([one], [other]) => (one < other ? -1 : 1)).map(([rate, { names, net }]) => {
    const amount = divide(net * rate, inclusive ? WHOLE + rate : WHOLE)
    return { name: [...names].join(' / ') || null, rate, base: inclusive ? net - amount : net, amount }
  })
}

/** Parts of `total` in proportion to `weights` that add up exactly: the largest remainders first, then the earlier. */
function spread(total, weights) {
  const whole = sum(weights)
  if (total === 0n || whole === 0n) return weights.map(() => 0n)
  const parts = weights.map((weight) => (total * weight) / whole)
  const left = (at) => (total * weights[at]) % whole
  const order = weights.map((_, at) => at).sort((one, other) => (left(one) === left(other) ? one - other : left(one) > left(other) ? -1 : 1))
  for (const at of order.slice(0, Number(total - sum(parts)))) parts[at] += 1n
  return parts
}

/** A number of up to `decimals` decimals as an integer, read from its digits: 1499.5 -> 149950n. */
export function minorOf(number, decimals, field = 'amount') {
  const [, whole, fraction = '', power = '0'] = /^(\d+)(?:\.(\d+))?(?:e([+-]\d+))?$/.exec(String(number)) ?? []
  if (whole === undefined) throw new NotBillable(field, 'no_number')
  const places = fraction.length - Number(power)
  const digits = BigInt(whole + fraction)
  if (places <= decimals) return within(digits * 10n ** BigInt(decimals - places), field)
  const unit = 10n ** BigInt(places - decimals)
  if (digits % unit !== 0n) throw new NotBillable(field, 'too_fine')
  return within(digits / unit, field)
}

/** 149950n -> 1499.5: fifteen digits survive as a number. */
function majorOf(minor, decimals) {
  const digits = String(minor).padStart(decimals + 1, '0')
  return Number(`${digits.slice(0, digits.length - decimals)}.${digits.slice(digits.length - decimals) || '0'}`)
}

const divide = (numerator, denominator) => (2n * numerator + denominator) / (2n * denominator)
const sum = (numbers) => numbers.reduce((total, one) => total + one, 0n)

function within(minor, field) {
  if (minor > MOST) throw new NotBillable(field, 'too_large')
  return minor
}
