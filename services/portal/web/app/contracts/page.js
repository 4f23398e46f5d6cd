// All contracts, and where each stands.
import { Badge } from '../../components/badge.js'
import { EmptyState } from '../../components/empty-state.js'
import { LinkButton } from '../../components/link-button.js'
import { PageHead } from '../../components/page-head.js'
import { When } from '../../components/when.js'
import { t } from '../../lib/texts.js'
import { html } from '../../lib/ui.js'
import { useLive } from '../lib/live.js'
import { useNames } from '../lib/names.js'
import { useList } from '../lib/use-list.js'
import { useQuery } from '../lib/use-query.js'
import { useTitle } from '../lib/use-title.js'
import { PaperList } from '../papers/list.js'
import { isRemoved, useRemovals } from '../papers/removing.js'
import { CONTRACT_STATES, contractState } from './states.js'

export default function ContractsPage() {
  useTitle(t('app.contracts.title'))
  const [query, setQuery] = useQuery()
  const list = useList('/api/contracts', { status: query.state, q: query.q, clientId: query.clientId })
  useLive(['contract.'], list.reload)
  useRemovals(list.reload)
  const nameOf = useNames('clients', list.rows.map(({ clientId }) => clientId))
  const shown = { ...list, rows: list.rows.filter(({ id }) => !isRemoved(`/api/contracts/${id}`)) }
  const states = [{ value: '', label: t('app.papers.all') }, ...CONTRACT_STATES.map((value) => ({ value, label: t(`app.contracts.states.${value}`) }))]
  const to = query.clientId ? `/app/contracts/new?clientId=${query.clientId}` : '/app/contracts/new'
  const actions = html`<${LinkButton} icon="file-text" to="/app/contracts/templates">${t('app.contracts.templates')}<//>
    <${LinkButton} kind="primary" icon="plus" to=${to}>${t('app.contracts.new')}<//>`
  const empty = html`<${EmptyState} icon="signature" title=${t('app.contracts.none')} text=${t('app.contracts.none_text')}
    action=${html`<${LinkButton} icon="plus" to="/app/contracts/new">${t('app.contracts.first')}<//>`} />`
  return html`<main id="main" tabindex="-1">
    <${PageHead} title=${t('app.contracts.title')} actions=${actions} />
    <${PaperList} list=${shown} query=${query} onQuery=${setQuery} states=${states} searchLabel=${t('app.contracts.search')} caption=${t('app.contracts.title')}
      columns=${columnsOf(nameOf)} href=${({ id }) => `/app/contracts/${id}`} empty=${empty} />
  </main>`
}

function columnsOf(nameOf) {
  return [
    { key: 'title', head: t('app.contracts.one'), primary: true, cell: ({ title }) => html`<span class="clamp" dir="auto">${title}</span>` },
    { key: 'client', head: t('app.papers.client'), cell: ({ clientId }) => html`<bdi class="clamp">${nameOf(clientId)?.name ?? ''}</bdi>` },
    { key: 'state', head: t('app.papers.state'), cell: (contract) => html`<${Badge} tone=${contractState(contract).tone}>${contractState(contract).text}<//>` },
    { key: 'sent', head: t('app.contracts.sent_on'), cell: ({ sentAt }) => (sentAt ? html`<${When} at=${sentAt} relative />` : '–') },
    { key: 'signed', head: t('app.contracts.signed_on'), cell: ({ signedAt }) => (signedAt ? html`<${When} at=${signedAt} relative />` : '–') },
  ]
}
