// All payments, and those that a bank asks back.
import { Badge } from '../../components/badge.js'
import { EmptyState } from '../../components/empty-state.js'
import { Money } from '../../components/money.js'
import { PageHead } from '../../components/page-head.js'
import { When } from '../../components/when.js'
import { t } from '../../lib/texts.js'
import { html } from '../../lib/ui.js'
import { useNames } from '../lib/names.js'
import { useLive } from '../lib/live.js'
import { useList } from '../lib/use-list.js'
import { useQuery } from '../lib/use-query.js'
import { useTitle } from '../lib/use-title.js'
import { MoneyTabs } from '../invoices/money-tabs.js'
import { PaperList } from '../papers/list.js'
import { OpenDisputes } from './open-disputes.js'
import { methodWords } from './words.js'

export default function PaymentsPage() {
  useTitle(t('app.payments.title'))
  const [query, setQuery] = useQuery()
  const list = useList('/api/payments', { clientId: query.clientId })
  const clientOf = useNames('clients', list.rows.map(({ clientId }) => clientId))
  useLive(['payment.'], list.reload)
  return html`<main id="main" tabindex="-1">
    <${PageHead} title=${t('app.payments.title')} />
    <${MoneyTabs} value="payments" />
    <${OpenDisputes} />
    <${PaperList} list=${list} query=${query} onQuery=${setQuery} caption=${t('app.payments.title')} columns=${columnsOf(clientOf)} href=${({ id }) => `/app/payments/${id}`}
      empty=${html`<${EmptyState} icon="banknote" title=${t('app.payments.none')} text=${t('app.payments.none_text')} />`} />
  </main>`
}

function columnsOf(clientOf) {
  return [
    { key: 'invoice', head: t('app.payments.for'), primary: true, cell: ({ invoiceNumber }) => invoiceNumber ?? t('app.invoices.one') },
    { key: 'client', head: t('app.papers.client'), cell: ({ clientId }) => html`<bdi class="clamp">${clientOf(clientId)?.name ?? '–'}</bdi>` },
    { key: 'method', head: t('app.payments.method'), cell: (payment) => html`<span class="clamp" dir="auto">${methodWords(payment)}</span>` },
    { key: 'on', head: t('app.payments.received_on'), cell: ({ receivedOn }) => html`<${When} on=${receivedOn} />` },
    { key: 'state', head: t('app.payments.refunds'), cell: refundedWords },
    { key: 'amount', head: t('app.papers.amount'), align: 'end', cell: ({ amount, currency }) => html`<${Money} amount=${amount} currency=${currency} />` },
  ]
}

function refundedWords({ amount, refunded }) {
  if (refunded === 0) return '–'
  return html`<${Badge} tone="warning">${t(refunded < amount ? 'app.payments.refunded_part' : 'app.payments.refunded_all')}<//>`
}
