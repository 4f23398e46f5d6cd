import { money } from '../lib/format.js'
import { html } from '../lib/ui.js'

/** An amount in its currency, its figures as wide as all others. */
export function Money({ amount, currency }) {
  return html`<span class="amount">${money(amount, currency)}</span>`
}
