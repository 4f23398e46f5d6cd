import { ChartBars } from '../../components/chart-bars.js'
import { Chips } from '../../components/chips.js'
import { money } from '../../lib/format.js'
import { t } from '../../lib/texts.js'
import { html, useState } from '../../lib/ui.js'

/** What is due in each currency, how late it is, and the way to it. Where the report does not come, the list says the same. */
export function Outstanding({ report, onChoose }) {
  const [chosen, setChosen] = useState(null)
  const currencies = report.value?.currencies ?? []
  if (currencies.length === 0) return null
  const shown = currencies.find(({ currency }) => currency === chosen) ?? largest(currencies)
  return html`<section class="outstanding" aria-label=${t('app.invoices.outstanding')}>
    <ul class="due-tiles">
      ${currencies.map((one) => html`<${Due} key=${one.currency} one=${one} onChoose=${onChoose} />`)}
    </ul>
    <details class="fold">
      <summary>${t('app.invoices.by_age')}</summary>
      ${currencies.length > 1 && html`<${Chips} label=${t('app.papers.currency')} options=${currencies.map(({ currency }) => ({ value: currency, label: currency }))} value=${shown.currency} onChoose=${setChosen} />`}
      <${Ages} one=${shown} />
    </details>
  </section>`
}

function Due({ one: { currency, amount, invoices, overdueAmount, overdueInvoices }, onChoose }) {
  return html`<li class="card due-tile">
    <p class="quiet">${t('app.invoices.due_in', { currency })}</p>
    <p class="due-amount amount">${money(amount, currency)}</p>
    <p>
      <button type="button" class="button button-plain" onClick=${() => onChoose('open')}>${t('app.invoices.open_count', { count: invoices })}</button>
      ${overdueInvoices > 0 && html`<button type="button" class="button button-plain due-late" onClick=${() => onChoose('overdue')}>${t('app.invoices.overdue_amount', { amount: money(overdueAmount, currency) })}</button>`}
    </p>
  </li>`
}

function Ages({ one: { currency, ages } }) {
  const labels = ages.map(({ age }) => t(`app.invoices.ages.${age.replace('-', '_')}`))
  const series = [{ name: t('app.invoices.amount_due'), values: ages.map(({ amount }) => amount) }]
  return html`<${ChartBars} title=${t('app.invoices.age_title', { currency })} first=${t('app.invoices.age')} labels=${labels} series=${series}
    format=${(value) => money(value, currency)} height=${200} />`
}

const largest = (currencies) => currencies.reduce((one, other) => (other.invoices > one.invoices ? other : one))
