import { Checkbox } from '../../components/checkbox.js'
import { money, percent } from '../../lib/format.js'
import { t } from '../../lib/texts.js'
import { html } from '../../lib/ui.js'
import { ShareField } from './share-field.js'

/** Discount and taxes of a paper, and what it comes to while it is typed. */
export function Sums({ paper }) {
  const { values, bind, totals, complaints } = paper
  return html`<section class="paper-part paper-sums" aria-labelledby="sums-head">
    <h2 id="sums-head" class="visually-hidden">${t('app.papers.total')}</h2>
    <div class="fields">
      <${ShareField} label=${t('app.papers.discount_whole')} currency=${values.currency} ...${bind('discount')} />
      <${Checkbox} label=${t('app.papers.tax_inclusive')} hint=${t('app.papers.tax_inclusive_hint')} on=${values.taxInclusive}
        onSwitch=${(taxInclusive) => paper.change({ taxInclusive })} />
    </div>
    <div class="totals-live">
      ${totals ? html`<${Totals} totals=${totals} currency=${values.currency} inclusive=${values.taxInclusive} />` : html`<p class="complaint">${complaints.lines ?? t('app.papers.no_total')}</p>`}
    </div>
  </section>`
}

function Totals({ totals, currency, inclusive }) {
  const sum = (amount) => html`<span class="amount">${money(amount, currency)}</span>`
  return html`<dl class="totals">
    <div><dt>${t('app.papers.subtotal')}</dt><dd>${sum(totals.subtotal)}</dd></div>
    ${totals.discountTotal > 0 && html`<div><dt>${t('app.papers.discount')}</dt><dd>${sum(-totals.discountTotal)}</dd></div>`}
    ${totals.taxes.filter(({ rate, name }) => rate > 0 || name).map((tax) => html`<div key=${tax.rate}><dt>${taxWords(tax, inclusive, currency)}</dt><dd>${sum(tax.amount)}</dd></div>`)}
    <div class="total"><dt>${t('app.papers.total')}</dt><dd data-total>${sum(totals.amount)}</dd></div>
  </dl>`
}

function taxWords({ name, rate, base }, inclusive, currency) {
  const values = { name: name || t('shared.paper.tax'), rate: percent(rate), base: money(base, currency) }
  return t(inclusive ? 'shared.paper.tax_within' : 'shared.paper.tax_on', values)
}
