import { money, percent } from '../lib/format.js'
import { t } from '../lib/texts.js'
import { html } from '../lib/ui.js'

/** What a paper comes to: `paper` with its totals as the API has them, then `more` rows ([{label, amount, strong}]). */
export function PaperTotals({ paper, more = [] }) {
  const { currency, discount, taxInclusive } = paper
  const taxes = paper.taxes.filter(({ rate, name }) => rate > 0 || name)
  const rows = [
    (discount || taxes.length > 0) && { label: t('shared.paper.subtotal'), amount: paper.subtotal },
    discount && { label: discountLabel(discount), amount: -paper.discountTotal },
    ...taxes.map((tax) => ({ label: taxLabel(tax, currency, taxInclusive), amount: tax.amount })),
    { label: t('shared.paper.total'), amount: paper.amount, strong: true },
    ...more,
  ].filter(Boolean)
  return html`<table class="paper-totals">
    <caption class="visually-hidden">${t('shared.paper.totals')}</caption>
    <tbody>
      ${rows.map(({ label, amount, strong }, at) => html`<tr key=${at} class=${strong ? 'paper-strong' : undefined}>
        <th scope="row">${label}</th><td>${money(amount, currency)}</td>
      </tr>`)}
    </tbody>
  </table>`
}

function discountLabel({ type, value }) {
  return type === 'percent' ? t('shared.paper.discount_share', { share: percent(value) }) : t('shared.paper.discount')
}

function taxLabel({ name, rate, base }, currency, inclusive) {
  const values = { name: name || t('shared.paper.tax'), rate: percent(rate), base: html`<span class="amount">${money(base, currency)}</span>` }
  return t(inclusive ? 'shared.paper.tax_within' : 'shared.paper.tax_on', values)
}
