import { Bones } from '../../components/bones.js'
import { ErrorState } from '../../components/error-state.js'
import { LinkButton } from '../../components/link-button.js'
import { Money } from '../../components/money.js'
import { t } from '../../lib/texts.js'
import { html, useEffect, useId, useRef } from '../../lib/ui.js'

/** What open invoices still ask for, in each currency by how late it is. */
export function MoneyDue({ gathered }) {
  const id = useId()
  const { phase, value, load } = gathered
  const currencies = value.owed?.currencies ?? []
  return html`<section class="home-card" aria-labelledby=${id} aria-busy=${phase === 'loading'}>
    <h2 class="home-head" id=${id}>${t('app.home.money_due')}</h2>
    ${phase === 'loading' && html`<div class="home-bones"><${Bones} shape="text" count=${4} /></div>`}
    ${(phase === 'failed' || (phase === 'ready' && !value.owed)) && html`<${ErrorState} level=${3} onRetry=${load} />`}
    ${value.owed && currencies.length === 0 && html`<p class="home-nothing">${t('app.home.nothing_due')}</p>`}
    ${currencies.map((one) => html`<${Currency} key=${one.currency} ...${one} />`)}
    ${currencies.length > 0 && html`<div class="home-more"><${LinkButton} kind="plain" to="/app/invoices">${t('app.home.all_invoices')}<//></div>`}
  </section>`
}

function Currency({ currency, amount, invoices, overdueAmount, ages }) {
  const most = Math.max(...ages.map((one) => one.amount), 1)
  return html`<div class="due">
    <p class="due-sum"><${Money} ...${{ amount, currency }} /></p>
    <p class="quiet">${t('app.home.due_invoices', { count: invoices })}${overdueAmount > 0 && html` · <span class="due-late">${t('app.home.due_late', { amount: html`<${Money} amount=${overdueAmount} currency=${currency} />` })}</span>`}</p>
    <dl class="ages">
      ${ages.filter((one) => one.amount > 0).map((one) => html`<${Age} key=${one.age} ...${one} ...${{ currency, most }} />`)}
    </dl>
  </div>`
}

function Age({ age, amount, currency, most }) {
  const bar = useRef(null)
  useEffect(() => bar.current.style.setProperty('--share', amount / most), [amount, most])
  return html`<div class=${age === 'not_due' ? 'age' : 'age age-late'}>
    <dt>${t(`app.home.ages.${age.replace('-', '_')}`)}</dt><dd><${Money} ...${{ amount, currency }} /></dd>
    <span class="age-bar" ref=${bar} aria-hidden="true"></span>
  </div>`
}
