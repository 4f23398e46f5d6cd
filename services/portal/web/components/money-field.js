import { html } from '../lib/ui.js'
import { Field } from './field.js'

/** An amount as it is typed; `amountOf` of lib/amounts.js reads it. */
export function MoneyField({ currency, ...rest }) {
  return html`<${Field} kind="money" inputmode="decimal" autocomplete="off" dir="ltr" maxlength="20" ...${rest}>
    <span class="field-after" aria-hidden="true">${currency}</span>
  <//>`
}
