import { Field } from '../../components/field.js'
import { amountOf } from '../../lib/amounts.js'
import { decimalsOf } from '../../lib/currencies.js'
import { money, number } from '../../lib/format.js'
import { t } from '../../lib/texts.js'
import { NotBillable, totalsOf } from '../../lib/totals.js'
import { html } from '../../lib/ui.js'

/** How much of each line is credited: a quantity, none while it is empty. */
export function CreditLines({ invoice, value, onType, complaint }) {
  const change = (at, text) => onType(value.map((one, index) => (index === at ? text : one)))
  return html`<fieldset class="credit-lines">
    <legend class="visually-hidden">${t('app.invoices.credits.lines')}</legend>
    <ul>
      ${invoice.lines.map((line, at) => html`<li key=${at}>
        <span class="credit-line"><bdi class="clamp">${line.description}</bdi><span class="quiet">${number(line.quantity)} × ${money(line.unitPrice, invoice.currency)}</span></span>
        <${Field} label=${t('app.invoices.credit_quantity', { name: line.description })} bare inputmode="decimal" autocomplete="off" dir="ltr" maxlength="20"
          placeholder="0" value=${value[at]} onType=${(text) => change(at, text)} />
      </li>`)}
    </ul>
    ${complaint && html`<p class="complaint" role="alert">${complaint}</p>`}
  </fieldset>`
}

/** The lines of the credit note. A discount in money is for the whole line: a part of the line has its part of it. */
export function creditedLines({ lines, currency }, many) {
  return lines.flatMap((line, at) => {
    const quantity = amountOf(many[at])
    if (!(quantity > 0)) return []
    const { description, unitPrice, taxRate, taxName, discount } = line
    return [{ description, quantity, unitPrice, taxRate, taxName, discount: partOf(discount, quantity / line.quantity, currency) }]
  })
}

/** What they come to; null where they do not add up. */
export function creditTotal(invoice, many) {
  const lines = creditedLines(invoice, many)
  if (lines.length === 0) return null
  try {
    return totalsOf({ currency: invoice.currency, lines, taxInclusive: invoice.taxInclusive }).amount
  } catch (problem) {
    if (!(problem instanceof NotBillable)) throw problem
    return null
  }
}

function partOf(discount, share, currency) {
  if (discount?.type !== 'amount') return discount
  return { ...discount, value: Number((discount.value * Math.min(1, share)).toFixed(decimalsOf(currency))) }
}
