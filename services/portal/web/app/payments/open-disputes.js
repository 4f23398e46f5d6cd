import { Link } from '../../components/link.js'
import { NoticeBox } from '../../components/notice.js'
import { money } from '../../lib/format.js'
import { t } from '../../lib/texts.js'
import { html } from '../../lib/ui.js'
import { useLive } from '../lib/live.js'
import { useList } from '../lib/use-list.js'
import { respondWords } from './disputes.js'

/** Disputes that still wait for an answer: money may be lost by waiting. */
export function OpenDisputes() {
  const list = useList('/api/disputes', { status: 'needs_response' })
  useLive(['dispute.'], list.reload)
  if (list.rows.length === 0) return null
  return html`<div class="paper-notices">
    ${list.rows.map((dispute) => html`<${NoticeBox} key=${dispute.id} tone="danger" title=${t('app.payments.disputed', { amount: money(dispute.amount, dispute.currency) })}
      actions=${html`<${Link} to=${`/app/payments/${dispute.paymentId}`}>${t('app.payments.to_payment')}<//>`}>${respondWords(dispute)}<//>`)}
  </div>`
}
