// One payment: what it was for, what of it went back, and what a bank says of it.
import { Badge } from '../../components/badge.js'
import { Button } from '../../components/button.js'
import { Card } from '../../components/card.js'
import { DefinitionList } from '../../components/definition-list.js'
import { Link } from '../../components/link.js'
import { PageHead } from '../../components/page-head.js'
import { When } from '../../components/when.js'
import { money } from '../../lib/format.js'
import { t } from '../../lib/texts.js'
import { html, useState } from '../../lib/ui.js'
import { useLive } from '../lib/live.js'
import { useNames } from '../lib/names.js'
import { isAdmin } from '../lib/session.js'
import { useList } from '../lib/use-list.js'
import { useOne } from '../lib/use-one.js'
import { useTitle } from '../lib/use-title.js'
import { PaperPage } from '../papers/page.js'
import { Dispute } from './disputes.js'
import { RefundDialog } from './refund-dialog.js'
import { Refunds } from './refunds.js'
import { methodWords } from './words.js'

export default function PaymentPage({ id }) {
  const one = useOne(`/api/payments/${id}`)
  useTitle(t('app.payments.one'))
  return html`<${PaperPage} one=${one} home="/app/payments">${(payment) => html`<${Payment} payment=${payment} one=${one} />`}<//>`
}

function Payment({ payment, one }) {
  const { id, amount, currency, refunded } = payment
  const [asking, setAsking] = useState(false)
  const refunds = useList(`/api/payments/${id}/refunds`)
  const disputes = useList('/api/disputes', { paymentId: id })
  const reload = () => Promise.all([one.reload(), refunds.reload(), disputes.reload()])
  useLive(['payment.', 'refund.', 'dispute.'], ({ data }) => [data?.id, data?.paymentId].includes(id) && reload())
  const pending = refunds.rows.filter(({ status }) => status === 'pending').reduce((sum, one) => sum + one.amount, 0)
  const left = Number((amount - refunded - pending).toFixed(4))
  const done = async () => {
    setAsking(false)
    await reload()
  }
  const actions = isAdmin() && left > 0 && html`<div class="paper-actions"><${Button} icon="undo-2" onPress=${() => setAsking(true)}>${t('app.payments.refund')}<//></div>`
  return html`<main id="main" tabindex="-1">
    <${PageHead} title=${t('app.payments.title_of', { amount: money(amount, currency) })} badge=${refunded > 0 && html`<${Badge} tone="warning">${t(refunded < amount ? 'app.payments.refunded_part' : 'app.payments.refunded_all')}<//>`}
      lead=${t('app.payments.lead', { number: payment.invoiceNumber ?? '', method: methodWords(payment) })} back=${{ to: '/app/payments', name: t('app.payments.title') }} actions=${actions} />
    <div class="payment-cards">
      <${Facts} payment=${payment} />
      <div class="paper-side">
        <${Refunds} refunds=${refunds} />
        ${disputes.rows.map((dispute) => html`<${Dispute} key=${dispute.id} dispute=${dispute} />`)}
      </div>
    </div>
    ${asking && html`<${RefundDialog} payment=${payment} left=${left} onDone=${done} onClose=${() => setAsking(false)} />`}
  </main>`
}

function Facts({ payment }) {
  const clientOf = useNames('clients', [payment.clientId])
  const { invoiceId, invoiceNumber, clientId, amount, refunded, currency, provider, providerId, note } = payment
  const items = [
    { term: t('app.payments.for'), value: html`<${Link} to=${`/app/invoices/${invoiceId}`}>${invoiceNumber ?? t('app.invoices.one')}<//>` },
    { term: t('app.papers.client'), value: html`<${Link} to=${`/app/clients/${clientId}`}><bdi class="clamp">${clientOf(clientId)?.name ?? '…'}</bdi><//>` },
    { term: t('app.payments.received_on'), value: html`<${When} on=${payment.receivedOn} />` },
    { term: t('app.papers.amount'), value: money(amount, currency) },
    { term: t('app.payments.refunded'), value: refunded > 0 ? money(refunded, currency) : null },
    { term: t('app.payments.method'), value: html`<bdi>${methodWords(payment)}</bdi>` },
    { term: t('app.payments.provider'), value: provider === 'manual' ? t('app.payments.by_hand') : provider },
    { term: t('app.payments.provider_id'), value: providerId && html`<code>${providerId}</code>` },
    { term: t('app.invoices.payment_note'), value: note && html`<span class="long-text" dir="auto">${note}</span>` },
  ]
  return html`<${Card} title=${t('app.papers.facts')}><${DefinitionList} items=${items} /><//>`
}
