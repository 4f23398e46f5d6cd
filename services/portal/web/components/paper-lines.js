import { money, number, percent } from '../lib/format.js'
import { t } from '../lib/texts.js'
import { html } from '../lib/ui.js'

/**
 * The lines of a paper as the API has them. Optional ones say whether the total holds them (`chosen`: their indexes); with
 * `onChoose` each is a switch that tells of the next set.
 */
export function PaperLines({ lines, currency, chosen = [], onChoose = null, settled = false }) {
  const taxed = lines.some(({ taxRate }) => taxRate !== null)
  const heads = ['quantity', 'price', ...(taxed ? ['tax'] : []), 'amount']
  return html`<table class="paper-lines" role="table">
    <caption class="visually-hidden">${t('shared.paper.lines')}</caption>
    <thead role="rowgroup"><tr role="row">
      <th scope="col" role="columnheader">${t('shared.paper.description')}</th>
      ${heads.map((head) => html`<th scope="col" role="columnheader" key=${head}>${t(`shared.paper.${head}`)}</th>`)}
    </tr></thead>
    <tbody role="rowgroup">
      ${lines.map((line, at) => html`<${Line} key=${at} ...${{ line, currency, taxed, settled }} isIn=${!line.optional || chosen.includes(at)}
        onSwitch=${onChoose && line.optional && ((on) => onChoose(withIndex(chosen, at, on)))} />`)}
    </tbody>
  </table>`
}

function Line({ line, currency, taxed, settled, isIn, onSwitch }) {
  return html`<tr role="row" class=${isIn ? undefined : 'paper-left-out'}>
    <td role="cell" class="paper-what">
      <div class=${onSwitch ? 'paper-option' : undefined} onClick=${onSwitch && (() => onSwitch(!isIn))}>
        ${onSwitch && html`<button type="button" class="switch" role="switch" aria-checked=${isIn} aria-label=${line.description}>
          <span class="switch-track"></span>
        </button>`}
        <div>
          <span class="paper-description" dir="auto">${line.description}</span>
          ${line.discount && html`<small>${reduction(line.discount, currency)}</small>`}
          ${line.optional && html`<small>${t(`shared.paper.${remark(isIn, settled)}`)}</small>`}
        </div>
      </div>
    </td>
    <td role="cell" class="paper-many">${number(line.quantity)}</td>
    <td role="cell" class="paper-price"><span class="paper-times" aria-hidden="true">× </span>${money(line.unitPrice, currency)}</td>
    ${taxed && html`<td role="cell" class="paper-rate">${line.taxRate === null ? '' : percent(line.taxRate)}</td>`}
    <td role="cell" class="paper-sum">${money(line.amount, currency)}</td>
  </tr>`
}

function remark(isIn, settled) {
  if (isIn) return 'optional_in'
  return settled ? 'optional_not_chosen' : 'optional_out'
}

function reduction({ type, value }, currency) {
  return t('shared.paper.less', { what: type === 'percent' ? percent(value) : money(value, currency) })
}

function withIndex(chosen, at, on) {
  return on ? [...chosen, at].sort((one, other) => one - other) : chosen.filter((one) => one !== at)
}
