import { Badge } from '../../components/badge.js'
import { Bones } from '../../components/bones.js'
import { Card } from '../../components/card.js'
import { ErrorState } from '../../components/error-state.js'
import { LoadMore } from '../../components/load-more.js'
import { Money } from '../../components/money.js'
import { When } from '../../components/when.js'
import { named, t } from '../../lib/texts.js'
import { html } from '../../lib/ui.js'

const TONES = { pending: 'info', succeeded: 'success', failed: 'danger' }

/** What of a payment went back, is on its way, or did not get there. */
export function Refunds({ refunds }) {
  return html`<${Card} title=${t('app.payments.refunds')}>
    ${refunds.phase === 'loading' && html`<${Bones} shape="text" count=${2} />`}
    ${refunds.phase === 'failed' && html`<${ErrorState} level=${3} onRetry=${refunds.reload} />`}
    ${refunds.phase === 'ready' && refunds.rows.length === 0 && html`<p class="quiet">${t('app.payments.no_refunds')}</p>`}
    <ul class="moved">${refunds.rows.map((refund) => html`<${Refund} key=${refund.id} refund=${refund} />`)}</ul>
    <${LoadMore} more=${refunds.more} onMore=${refunds.loadMore} />
  <//>`
}

function Refund({ refund }) {
  const { status, amount, currency, reason, requestedBy, failure, createdAt, kind } = refund
  return html`<li>
    <span class="refund-head"><${Money} amount=${amount} currency=${currency} /><${Badge} tone=${TONES[status]}>${named('app.payments.refund_states', status)}<//></span>
    <span class="quiet"><${When} at=${createdAt} relative />${requestedBy && html` · <bdi>${requestedBy.name}</bdi>`}${kind !== 'refund' && ` · ${named('app.payments.refund_kinds', kind)}`}</span>
    ${reason && html`<span class="quiet" dir="auto">${reason}</span>`}
    ${failure && html`<span class="complaint">${t('app.payments.refund_failed', { why: failure.replaceAll('_', ' ') })}</span>`}
  </li>`
}
