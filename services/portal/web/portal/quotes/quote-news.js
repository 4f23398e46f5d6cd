import { LinkButton } from '../../components/link-button.js'
import { NoticeBox } from '../../components/notice.js'
import { day, dayOf } from '../../lib/format.js'
import { t } from '../../lib/texts.js'
import { html } from '../../lib/ui.js'
import { isExpired } from '../papers/states.js'

/** How a quote stands, in a sentence or two: what came between, what was answered, what happens next. */
export function QuoteNews({ portal, quote, isRevised, canAnswer, moved }) {
  const { agency } = portal.snapshot
  return html`<div class="paper-news">
    ${moved && html`<div role="alert"><${Moved} ...${{ moved, quote, isRevised, agency }} /></div>`}
    ${isRevised && !moved
      ? html`<${NoticeBox} tone="info" title=${t('portal.quotes.revised_title')}>${t('portal.quotes.revised', { agency: agency.name })}<//>`
      : html`<${Standing} ...${{ portal, quote, agency, canAnswer }} />`}
  </div>`
}

function Moved({ moved, quote, isRevised, agency }) {
  if (moved.code !== 'quote_changed') {
    return html`<${NoticeBox} tone="warning">${t(moved.code === 'quote_expired' ? 'portal.quotes.moved_expired' : 'portal.quotes.moved_answered')}<//>`
  }
  return html`<${NoticeBox} tone="warning" title=${t('portal.quotes.moved_title')}>
    ${isRevised || quote.revision === moved.revision
      ? t('portal.quotes.moved_away', { agency: agency.name })
      : t('portal.quotes.moved', { revision: quote.revision })}
  <//>`
}

function Standing({ portal, quote, agency, canAnswer }) {
  if (quote.status === 'accepted') return html`<${Accepted} ...${{ portal, quote, agency }} />`
  if (quote.status === 'declined') {
    return html`<${NoticeBox} tone="neutral" title=${t('portal.quotes.declined_on', { date: dayOf(quote.declinedAt) })}>
      ${quote.declineReason && html`<q class="said" dir="auto">${quote.declineReason}</q> `}${t('portal.quotes.declined_next', { agency: agency.name })}
    <//>`
  }
  if (isExpired(quote)) {
    return html`<${NoticeBox} tone="neutral" title=${t('portal.quotes.expired_on', { date: day(quote.expiresOn) })}>
      ${t('portal.quotes.expired_next', { agency: agency.name })}
    <//>`
  }
  return html`
    ${quote.status === 'changes_requested' &&
    html`<${NoticeBox} tone="info" title=${t('portal.quotes.changes_asked')}>
      ${quote.changeRequest && html`<q class="said" dir="auto">${quote.changeRequest}</q> `}${t('portal.quotes.changes_next', { agency: agency.name })}
    <//>`}
    ${canAnswer && quote.status !== 'changes_requested' &&
    html`<p class="lead">
      ${quote.lines.some(({ optional }) => optional) && `${t('portal.quotes.choose')} `}${quote.expiresOn
        ? t('portal.quotes.lead_until', { agency: agency.name, date: day(quote.expiresOn) })
        : t('portal.quotes.lead', { agency: agency.name })}
    </p>`}`
}

function Accepted({ portal, quote, agency }) {
  const project = portal.snapshot.projects.find(({ id }) => id === quote.projectId)
  const actions = project && html`<${LinkButton} to=${`#/projects/${project.id}`}>${t('portal.quotes.to_project')}<//>`
  return html`<${NoticeBox} tone="success" actions=${actions}
    title=${t('portal.quotes.accepted_by', { name: html`<bdi>${quote.acceptedBy}</bdi>`, date: dayOf(quote.acceptedAt) })}>
    ${t('portal.quotes.accepted_next', { agency: agency.name })}
  <//>`
}
