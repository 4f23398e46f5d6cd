import { ChartBars } from '../../components/chart-bars.js'
import { Chips } from '../../components/chips.js'
import { money } from '../../lib/format.js'
import { LOCALE } from '../../lib/locale.js'
import { t } from '../../lib/texts.js'
import { html, useId, useState } from '../../lib/ui.js'
import { me } from '../lib/session.js'

const MONTH = new Intl.DateTimeFormat(LOCALE, { month: 'short', year: '2-digit', timeZone: 'UTC' })

/** What came in by month, a currency at a time; nothing while nothing did. */
export function Income({ report }) {
  const id = useId()
  const currencies = report?.currencies ?? []
  const [wanted, setWanted] = useState('')
  const own = currencies.find(({ currency }) => currency === (wanted || me.value.agency.currency)) ?? mostOf(currencies)
  if (!own) return null
  const whole = new Intl.NumberFormat(LOCALE, { style: 'currency', currency: own.currency, maximumFractionDigits: 0 })
  const options = currencies.map(({ currency }) => ({ value: currency, label: currency }))
  const series = [
    { name: t('app.home.received'), values: own.months.map(({ income }) => income) },
    { name: t('app.home.invoiced'), values: own.months.map(({ invoiced }) => invoiced) },
  ]
  return html`<section class="home-card home-income" aria-labelledby=${id}>
    <div class="home-head"><h2 id=${id}>${t('app.home.income')}</h2>
      ${options.length > 1 && html`<${Chips} label=${t('app.home.currency')} options=${options} value=${own.currency} onChoose=${setWanted} />`}
    </div>
    <${ChartBars} title=${t('app.home.income_in', { currency: own.currency })} first=${t('app.home.month')} series=${series}
      labels=${own.months.map(({ month }) => MONTH.format(new Date(`${month}-01T00:00:00Z`)))}
      format=${(amount) => money(amount, own.currency)} axis=${(amount) => whole.format(amount)} />
  </section>`
}

const mostOf = (currencies) => [...currencies].sort((one, other) => other.invoiced - one.invoiced)[0]
