import { Checkbox } from '../../components/checkbox.js'
import { DateField } from '../../components/date-field.js'
import { MoneyField } from '../../components/money-field.js'
import { depositOn, NotBillable } from '../../lib/totals.js'
import { money } from '../../lib/format.js'
import { t } from '../../lib/texts.js'
import { html } from '../../lib/ui.js'
import { ShareField } from './share-field.js'

/** How an invoice may be paid other than at once: a deposit first, and in parts. */
export function Terms({ paper }) {
  const { values, bind, change, totals } = paper
  const { currency, deposit } = values
  const comesTo = depositWords(paper.body.deposit, totals, currency)
  return html`<details class="fold paper-part" open=${Boolean(deposit.value || values.inParts)}>
    <summary>${t('app.invoices.terms')}</summary>
    <div class="fields">
      <div class="fields-row">
        <${ShareField} label=${t('app.invoices.deposit')} currency=${currency} hint=${comesTo} ...${bind('deposit')} />
        ${deposit.value && html`<${DateField} label=${t('app.invoices.deposit_on')} optional ...${bind('depositOn')} />`}
      </div>
      <${Checkbox} label=${t('app.invoices.in_parts')} hint=${t('app.invoices.in_parts_hint')} on=${values.inParts} onSwitch=${(inParts) => change({ inParts })} />
      ${values.inParts && html`<${MoneyField} label=${t('app.invoices.least')} optional currency=${currency} ...${bind('least')} />`}
    </div>
  </details>`
}

function depositWords(deposit, totals, currency) {
  if (!deposit || !totals) return ''
  try {
    return t('app.invoices.deposit_comes_to', { amount: money(depositOn(totals.amount, deposit, currency), currency) })
  } catch (problem) {
    if (!(problem instanceof NotBillable)) throw problem
    return t(`app.papers.${problem.reason}`)
  }
}
