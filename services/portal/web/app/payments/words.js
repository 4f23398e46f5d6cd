// How a payment was made, in words: ours for what can be chosen here, else what somebody wrote or a provider calls it.
import { t } from '../../lib/texts.js'

const KNOWN = ['bank_transfer', 'cash', 'card', 'cheque', 'other']

export function methodWords({ method }) {
  return KNOWN.includes(method) ? t(`app.payments.methods.${method}`) : method.replaceAll('_', ' ')
}
