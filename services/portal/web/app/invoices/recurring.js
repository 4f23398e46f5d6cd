// Recurring invoices: what is charged, how often, when next; those that could not go out say so first.
import { Badge } from '../../components/badge.js'
import { EmptyState } from '../../components/empty-state.js'
import { LinkButton } from '../../components/link-button.js'
import { Money } from '../../components/money.js'
import { PageHead } from '../../components/page-head.js'
import { When } from '../../components/when.js'
import { t } from '../../lib/texts.js'
import { html } from '../../lib/ui.js'
import { useLive } from '../lib/live.js'
import { useList } from '../lib/use-list.js'
import { useQuery } from '../lib/use-query.js'
import { useTitle } from '../lib/use-title.js'
import { PaperList } from '../papers/list.js'
import { isRemoved, useRemovals } from '../papers/removing.js'
import { MoneyTabs } from './money-tabs.js'
import { RECURRING_STATES, recurringState, rhythmWords } from './rhythm.js'

const pathOf = ({ id }) => `/api/recurring-invoices/${id}`

export default function RecurringPage() {
  useTitle(t('app.recurring.title_long'))
  const [query, setQuery] = useQuery()
  const list = useList('/api/recurring-invoices', { status: query.state, q: query.q, clientId: query.clientId })
  useLive(['recurring_invoice.'], list.reload)
  useRemovals(list.reload)
  const shown = { ...list, rows: list.rows.filter((row) => !isRemoved(pathOf(row))) }
  const states = [{ value: '', label: t('app.papers.all') }, ...RECURRING_STATES.map((value) => ({ value, label: t(`app.recurring.states.${value}`) }))]
  const create = html`<${LinkButton} to="/app/invoices/recurring/new" kind="primary" icon="plus">${t('app.recurring.new')}<//>`
  return html`<main id="main" tabindex="-1">
    <${PageHead} title=${t('app.recurring.title_long')} actions=${create} />
    <${MoneyTabs} value="recurring" />
    <${PaperList} list=${shown} query=${query} onQuery=${setQuery} states=${states} searchLabel=${t('app.recurring.search')} caption=${t('app.recurring.title_long')}
      columns=${COLUMNS()} href=${({ id }) => `/app/invoices/recurring/${id}`}
      empty=${html`<${EmptyState} icon="rotate-ccw" title=${t('app.recurring.none')} text=${t('app.recurring.none_text')} action=${html`<${LinkButton} to="/app/invoices/recurring/new" icon="plus">${t('app.recurring.first')}<//>`} />`} />
  </main>`
}

const COLUMNS = () => [
  { key: 'client', head: t('app.papers.client'), primary: true, cell: ({ client, lines }) => html`<span class="list-cell"><bdi class="clamp">${client.name}</bdi><bdi class="quiet clamp">${lines[0].description}</bdi></span>` },
  { key: 'rhythm', head: t('app.recurring.rhythm'), cell: (recurring) => rhythmWords(recurring) },
  { key: 'state', head: t('app.papers.state'), cell: (recurring) => html`<${Badge} tone=${recurringState(recurring).tone}>${recurringState(recurring).text}<//>` },
  { key: 'next', head: t('app.recurring.next'), cell: ({ nextOn }) => (nextOn ? html`<${When} on=${nextOn} />` : '–') },
  { key: 'amount', head: t('app.papers.amount'), align: 'end', cell: ({ amount, currency }) => html`<${Money} amount=${amount} currency=${currency} />` },
]
