// All quotes, and where each stands.
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
import { QuoteMenu } from './quote-menu.js'
import { QUOTE_STATES, quoteState } from './states.js'

const pathOf = ({ id }) => `/api/quotes/${id}`

export default function QuotesPage() {
  useTitle(t('app.quotes.title'))
  const [query, setQuery] = useQuery()
  const list = useList('/api/quotes', { status: query.state, q: query.q, clientId: query.clientId })
  useLive(['quote.'], list.reload)
  useRemovals(list.reload)
  const shown = { ...list, rows: list.rows.filter((row) => !isRemoved(pathOf(row))) }
  const create = html`<${LinkButton} to=${newFor(query.clientId)} kind="primary" icon="plus">${t('app.quotes.new')}<//>`
  const states = [{ value: '', label: t('app.papers.all') }, ...QUOTE_STATES.map((value) => ({ value, label: t(`app.quotes.states.${value}`) }))]
  return html`<main id="main" tabindex="-1">
    <${PageHead} title=${t('app.quotes.title')} actions=${create} />
    <${PaperList} list=${shown} query=${query} onQuery=${setQuery} states=${states} searchLabel=${t('app.quotes.search')} caption=${t('app.quotes.title')}
      columns=${COLUMNS()} href=${({ id }) => `/app/quotes/${id}`}
      empty=${html`<${EmptyState} icon="file-text" title=${t('app.quotes.none')} text=${t('app.quotes.none_text')} action=${html`<${LinkButton} to="/app/quotes/new" icon="plus">${t('app.quotes.first')}<//>`} />`} />
  </main>`
}

const newFor = (clientId) => (clientId ? `/app/quotes/new?clientId=${clientId}` : '/app/quotes/new')

const COLUMNS = () => [
  { key: 'title', head: t('app.quotes.one'), primary: true, cell: ({ title, number }) => html`<span class="list-cell"><span class="clamp" dir="auto">${title}</span>${number && html`<span class="quiet">${number}</span>`}</span>` },
  { key: 'client', head: t('app.papers.client'), cell: ({ client }) => html`<span class="list-cell"><bdi class="clamp">${client.name}</bdi>${client.company && html`<bdi class="quiet clamp">${client.company}</bdi>`}</span>` },
  { key: 'state', head: t('app.papers.state'), cell: (quote) => html`<${Badge} tone=${quoteState(quote).tone}>${quoteState(quote).text}<//>` },
  { key: 'until', head: t('app.quotes.valid_through'), cell: ({ expiresOn }) => (expiresOn ? html`<${When} on=${expiresOn} />` : '–') },
  { key: 'amount', head: t('app.papers.amount'), align: 'end', cell: ({ amount, currency }) => html`<${Money} amount=${amount} currency=${currency} />` },
  { key: 'more', head: t('shared.ui.actions'), bare: true, cell: (quote) => html`<${QuoteMenu} quote=${quote} />` },
]
