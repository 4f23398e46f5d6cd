// Payments that a bank asks back, in words.
import { Badge } from '../../components/badge.js'
import { Card } from '../../components/card.js'
import { DefinitionList } from '../../components/definition-list.js'
import { When } from '../../components/when.js'
import { dayOf, money } from '../../lib/format.js'
import { named, t } from '../../lib/texts.js'
import { html } from '../../lib/ui.js'

const TONES = { needs_response: 'danger', under_review: 'info', won: 'success', lost: 'danger' }

export function respondWords({ respondBy }) {
  return respondBy ? t('app.payments.respond_by', { day: dayOf(respondBy) }) : t('app.payments.respond')
}

/** How a dispute stands; it is answered at the provider. */
export function Dispute({ dispute }) {
  const { status, amount, currency, reason, createdAt, closedAt } = dispute
  const items = [
    { term: t('app.papers.amount'), value: money(amount, currency) },
    { term: t('app.payments.bank_reason'), value: reason && named('app.payments.dispute_reasons', reason).replaceAll('_', ' ') },
    { term: t('app.payments.opened_on'), value: html`<${When} at=${createdAt} />` },
    { term: t('app.payments.closed_on'), value: closedAt && html`<${When} at=${closedAt} />` },
  ]
  return html`<${Card} title=${t('app.payments.dispute')} actions=${html`<${Badge} tone=${TONES[status] ?? 'neutral'}>${named('app.payments.dispute_states', status)}<//>`}>
    ${status === 'needs_response' && html`<p class="dispute-words">${respondWords(dispute)}</p>`}
    <${DefinitionList} items=${items} />
  <//>`
}
