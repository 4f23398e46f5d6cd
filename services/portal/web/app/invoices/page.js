// All invoices: what is due on top, then each with its state.
import { Badge } from '../../components/badge.js'
import { Button } from '../../components/button.js'
import { EmptyState } from '../../components/empty-state.js'
import { LinkButton } from '../../components/link-button.js'
import { Money } from '../../components/money.js'
import { PageHead } from '../../components/page-head.js'
import { When } from '../../components/when.js'
import { t } from '../../lib/texts.js'
import { html, useState } from '../../lib/ui.js'
import { useLive } from '../lib/live.js'
import { useList } from '../lib/use-list.js'
import { useOne } from '../lib/use-one.js'
import { useQuery } from '../lib/use-query.js'
import { useTitle } from '../lib/use-title.js'
import { PaperList } from '../papers/list.js'
import { isRemoved, useRemovals } from '../papers/removing.js'
import { InvoiceMenu } from './invoice-menu.js'
import { MoneyTabs } from './money-tabs.js'
import { Outstanding } from './outstanding.js'
import { StatementDialog } from './statement.js'
import { invoiceState } from './states.js'

const FILTERS = ['draft', 'open', 'overdue', 'paid', 'void']
const pathOf = ({ id }) => `/api/invoices/${id}`

export default function InvoicesPage() {
  useTitle(t('app.invoices.title'))
  const [query, setQuery] = useQuery()
  const [account, setAccount] = useState(false)
  const list = useList('/api/invoices', { ...filterOf(query.state), q: query.q, clientId: query.clientId })
  const report = useOne('/api/reports/outstanding')
  const reload = () => Promise.all([list.reload(), report.reload()])
  useLive(['invoice.', 'payment.', 'credit_note.'], reload)
  useRemovals(reload)
  const shown = { ...list, rows: list.rows.filter((row) => !isRemoved(pathOf(row))) }
  const states = [{ value: '', label: t('app.papers.all') }, ...FILTERS.map((value) => ({ value, label: t(`app.invoices.filters.${value}`) }))]
  const actions = html`${query.clientId && html`<${Button} icon="list" onPress=${() => setAccount(true)}>${t('app.invoices.statement')}<//>`}
    <${LinkButton} to=${query.clientId ? `/app/invoices/new?clientId=${query.clientId}` : '/app/invoices/new'} kind="primary" icon="plus">${t('app.invoices.new')}<//>`
  return html`<main id="main" tabindex="-1">
    <${PageHead} title=${t('app.invoices.title')} actions=${actions} />
    <${MoneyTabs} value="invoices" />
    <${Outstanding} report=${report} onChoose=${(state) => setQuery({ state })} />
    <${PaperList} list=${shown} query=${query} onQuery=${setQuery} states=${states} searchLabel=${t('app.invoices.search')} caption=${t('app.invoices.title')}
      columns=${COLUMNS()} href=${({ id }) => `/app/invoices/${id}`}
      empty=${html`<${EmptyState} icon="receipt" title=${t('app.invoices.none')} text=${t('app.invoices.none_text')} action=${html`<${LinkButton} to="/app/invoices/new" icon="plus">${t('app.invoices.first')}<//>`} />`} />
    ${query.clientId && html`<${StatementDialog} clientId=${query.clientId} open=${account} onClose=${() => setAccount(false)} />`}
  </main>`
}

function filterOf(state) {
  if (state === 'overdue') return { overdue: true }
  return state === 'open' ? { open: true } : { status: state }
}

const COLUMNS = () => [
  { key: 'number', head: t('app.invoices.one'), primary: true, cell: ({ number }) => number ?? t('app.invoices.draft') },
  { key: 'client', head: t('app.papers.client'), cell: ({ client }) => html`<span class="list-cell"><bdi class="clamp">${client.name}</bdi>${client.company && html`<bdi class="quiet clamp">${client.company}</bdi>`}</span>` },
  { key: 'state', head: t('app.papers.state'), cell: (invoice) => html`<${Badge} tone=${invoiceState(invoice).tone}>${invoiceState(invoice).text}<//>` },
  { key: 'due', head: t('app.invoices.due'), cell: ({ dueDate }) => html`<${When} on=${dueDate} />` },
  { key: 'amount', head: t('app.papers.amount'), align: 'end', cell: amountOf },
  { key: 'more', head: t('shared.ui.actions'), bare: true, cell: (invoice) => html`<${InvoiceMenu} invoice=${invoice} />` },
]

function amountOf({ amount, amountDue, currency, status }) {
  const isPart = amountDue > 0 && amountDue < amount
  return html`<span class="list-cell"><${Money} amount=${amount} currency=${currency} />
    ${isPart && status !== 'draft' && html`<span class="quiet">${t('app.invoices.of_it_due', { amount: html`<${Money} amount=${amountDue} currency=${currency} />` })}</span>`}</span>`
}
