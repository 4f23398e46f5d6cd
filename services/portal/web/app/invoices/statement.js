import { Button } from '../../components/button.js'
import { Bones } from '../../components/bones.js'
import { DateField } from '../../components/date-field.js'
import { Dialog } from '../../components/dialog.js'
import { EmptyState } from '../../components/empty-state.js'
import { ErrorState } from '../../components/error-state.js'
import { Select } from '../../components/select.js'
import { When } from '../../components/when.js'
import { money } from '../../lib/format.js'
import { t } from '../../lib/texts.js'
import { html, useState } from '../../lib/ui.js'
import { useOne } from '../lib/use-one.js'
import { download } from '../papers/pdf.js'

/** A client's account in one currency: what was invoiced, credited, paid and refunded, with the balance after each. */
export function StatementDialog({ clientId, currency = '', open, onClose }) {
  return open && html`<${Statement} ...${{ clientId, currency, onClose }} />`
}

function Statement({ clientId, currency, onClose }) {
  const [wanted, setWanted] = useState({ clientId, currency, from: '', to: '' })
  const one = useOne('/api/invoices/statement', wanted)
  const [latest, setLatest] = useState(null)
  // What was on show stays until the next one is here.
  if (one.value && one.value !== latest) setLatest(one.value)
  const shown = one.value ?? latest
  const change = (name) => (value) => setWanted((before) => ({ ...before, [name]: value }))
  const save = () => download('/api/invoices/statement', t('app.invoices.statement_file', { name: shown?.client.name ?? '' }), wanted)
  const actions = html`<${Button} icon="download" onPress=${save}>${t('app.papers.pdf')}<//><${Button} kind="primary" onPress=${onClose}>${t('shared.ui.close')}<//>`
  return html`<${Dialog} title=${shown ? t('app.invoices.statement_of', { name: shown.client.name }) : t('app.invoices.statement')} open onClose=${onClose} actions=${actions} size="large">
    <div class="fields">
      <div class="fields-row">
        ${shown?.currencies.length > 1 && html`<${Select} label=${t('app.papers.currency')} value=${shown.currency} onChoose=${change('currency')} options=${shown.currencies.map((value) => ({ value, label: value }))} />`}
        <${DateField} label=${t('app.invoices.from')} optional value=${wanted.from} onType=${change('from')} />
        <${DateField} label=${t('app.invoices.to')} optional value=${wanted.to} onType=${change('to')} />
      </div>
      ${body(one, shown)}
    </div>
  <//>`
}

function body(one, shown) {
  if (['failed', 'missing'].includes(one.phase)) return html`<${ErrorState} level=${3} onRetry=${one.reload} />`
  if (!shown) return html`<${Bones} shape="rows" count=${4} />`
  if (shown.entries.length === 0 && shown.opening === 0) return html`<${EmptyState} icon="list" level=${3} title=${t('app.invoices.no_entries')} />`
  return html`<${Entries} statement=${shown} />`
}

function Entries({ statement: { currency, entries, opening, closing, from } }) {
  const sum = (amount) => money(amount, currency)
  return html`<div class="table-scroll" tabindex="0" role="region" aria-label=${t('app.invoices.entries')}>
    <table class="statement" role="table">
      <thead role="rowgroup"><tr role="row"><th role="columnheader" scope="col">${t('app.papers.date')}</th><th role="columnheader" scope="col">${t('app.invoices.entry')}</th><th role="columnheader" scope="col">${t('app.papers.amount')}</th><th role="columnheader" scope="col">${t('app.invoices.balance')}</th></tr></thead>
      <tbody role="rowgroup">
        ${from && html`<${Entry} date=${from} words=${t('app.invoices.opening')} balance=${sum(opening)} />`}
        ${entries.map(({ kind, id, date, number, amount, balance }) => html`<${Entry} key=${`${kind}${id}`} date=${date} words=${t(`app.invoices.entries_of.${kind}`, { number })}
          amount=${sum(amount)} balance=${sum(balance)} />`)}
      </tbody>
      <tfoot role="rowgroup"><tr class="total" role="row"><th role="rowheader" scope="row" colspan="3">${t(closing < 0 ? 'app.invoices.closing_credit' : 'app.invoices.closing')}</th><td role="cell">${sum(Math.abs(closing))}</td></tr></tfoot>
    </table>
  </div>`
}

function Entry({ date, words, amount = '', balance }) {
  return html`<tr role="row">
    <td role="cell"><${When} on=${date} /></td>
    <td role="cell">${words}</td>
    <td role="cell" class="amount">${amount}</td>
    <td role="cell" class="amount"><span class="statement-head" aria-hidden="true">${t('app.invoices.balance')}</span> ${balance}</td>
  </tr>`
}
