import { Field } from '../../components/field.js'
import { Select } from '../../components/select.js'
import { t } from '../../lib/texts.js'
import { html } from '../../lib/ui.js'

/** A share in percent or an amount of money: a discount, a deposit. */
export function ShareField({ label, currency, value, onType, complaint, hint, ...rest }) {
  const units = [
    { value: 'percent', label: '%' },
    { value: 'amount', label: currency },
  ]
  return html`<div class="share">
    <${Field} label=${label} hint=${hint} complaint=${complaint} value=${value.value} inputmode="decimal" autocomplete="off" dir="ltr" maxlength="20"
      onType=${(text) => onType({ ...value, value: text })} ...${rest} />
    <${Select} label=${t('app.papers.unit_of', { label })} bare options=${units} value=${value.type} onChoose=${(type) => onType({ ...value, type })} />
  </div>`
}
