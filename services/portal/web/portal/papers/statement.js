// The client's account: what was invoiced, paid and credited, with the balance after each.
import { Bones } from '../../components/bones.js'
import { Button } from '../../components/button.js'
import { Chips } from '../../components/chips.js'
import { DateField } from '../../components/date-field.js'
import { EmptyState } from '../../components/empty-state.js'
import { ErrorState } from '../../components/error-state.js'
import { PageHead } from '../../components/page-head.js'
import { Select } from '../../components/select.js'
import { Table } from '../../components/table.js'
import { day, money } from '../../lib/format.js'
import { saveAs } from '../../lib/save.js'
import { t } from '../../lib/texts.js'
import { html } from '../../lib/ui.js'
import { methodOf } from '../invoices/methods.js'
import { useTitle } from '../shell/use-title.js'
import { useStatement } from './use-statement.js'

export function StatementPage({ portal }) {
  const { statement, phase, people, wish, change, load, path } = useStatement(portal)
  useTitle(portal, t('portal.papers.statement'))
  const pdf = () => portal.attempt(async () => saveAs(await portal.api.bytes(path('pdf')), `${t('portal.papers.statement')}.pdf`))
  return html`<main id="main" tabindex="-1">
    <${PageHead} back=${{ to: '#/papers', name: t('portal.papers.title') }} title=${t('portal.papers.statement')}
      lead=${statement && standing(statement)}
      actions=${html`<${Button} icon="download" onPress=${pdf}>${t('portal.papers.pdf')}<//>`} />
    <div class="statement-wishes">
      ${people.length > 1 &&
      html`<${Select} label=${t('portal.papers.whose')} value=${wish.clientId} onChoose=${(clientId) => change({ clientId, currency: '' })}
        options=${people.map(({ id, name }) => ({ value: id, label: name }))} />`}
      ${statement?.currencies.length > 1 &&
      html`<${Chips} label=${t('portal.papers.currency')} value=${statement.currency} onChoose=${(currency) => change({ currency })}
        options=${statement.currencies.map((value) => ({ value, label: value }))} />`}
      <${DateField} label=${t('portal.papers.from')} value=${wish.from} onType=${(from) => change({ from })} />
      <${DateField} label=${t('portal.papers.to')} value=${wish.to} onType=${(to) => change({ to })} />
    </div>
    ${phase === 'failed' && html`<${ErrorState} level=${2} onRetry=${load} />`}
    ${phase === 'loading' && !statement && html`<${Bones} />`}
    ${phase !== 'failed' && statement && html`<${Entries} statement=${statement} />`}
  </main>`
}

function Entries({ statement }) {
  const sum = (amount) => html`<span class="amount">${money(amount, statement.currency)}</span>`
  const opening = statement.from && { id: 'opening', kind: 'opening', date: statement.from, amount: null, balance: statement.opening }
  const columns = [
    { key: 'what', head: t('portal.papers.what'), primary: true, cell: whatOf },
    { key: 'date', head: t('portal.papers.date'), cell: ({ date }) => html`<time datetime=${date}>${day(date)}</time>` },
    { key: 'amount', head: t('shared.paper.amount'), align: 'end', cell: ({ amount }) => (amount === null ? '' : sum(amount)) },
    { key: 'balance', head: t('portal.papers.balance'), align: 'end', cell: ({ balance }) => sum(balance) },
  ]
  return html`<${Table} columns=${columns} rows=${[opening, ...statement.entries].filter(Boolean)} caption=${t('portal.papers.statement')}
    rowKey=${(row) => `${row.kind}/${row.id}`}
    href=${(row) => row.invoiceId && `#/invoices/${row.invoiceId}`}
    empty=${html`<${EmptyState} icon="list" title=${t('portal.papers.no_entries')} />`} />`
}

function whatOf({ kind, number, invoiceNumber, method }) {
  const values = { number, invoice: invoiceNumber, method: method ? methodOf(method) : '' }
  return t(`portal.papers.entry.${kind}`, values)
}

function standing({ closing, currency, to }) {
  const date = day(to)
  if (closing > 0) return t('portal.papers.you_owe', { amount: money(closing, currency), date })
  if (closing < 0) return t('portal.papers.you_have', { amount: money(-closing, currency), date })
  return t('portal.papers.settled', { date })
}
