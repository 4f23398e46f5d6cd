import { named } from '../../lib/texts.js'

/** How a payment was made, in words; agencies may name ways of their own. */
export function methodOf(method) {
  const found = named('portal.invoices.method', method)
  return found === method ? method.replaceAll('_', ' ') : found
}
