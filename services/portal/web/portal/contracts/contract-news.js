import { NoticeBox } from '../../components/notice.js'
import { dayOf } from '../../lib/format.js'
import { t } from '../../lib/texts.js'
import { html } from '../../lib/ui.js'
import { isSignable } from '../papers/states.js'

/** How a contract stands, and what came between while it was read. */
export function ContractNews({ portal, contract, moved }) {
  return html`<div class="paper-news">
    ${moved && html`<div role="alert"><${NoticeBox} tone="warning">${t(movedKey(moved))}<//></div>`}
    <${Standing} contract=${contract} agency=${portal.snapshot.agency.name} />
  </div>`
}

function movedKey(code) {
  return code === 'contract_changed' ? 'portal.contracts.moved_changed' : 'portal.contracts.moved_answered'
}

function Standing({ contract, agency }) {
  if (isSignable(contract)) return html`<p class="lead">${t('portal.contracts.lead', { agency })}</p>`
  if (contract.status === 'signed') {
    const [first] = contract.signatures
    const title = first
      ? t('portal.contracts.signed_by', { name: html`<bdi>${first.name}</bdi>`, date: dayOf(contract.signedAt) })
      : t('portal.contracts.signed_on', { date: dayOf(contract.signedAt) })
    return html`<${NoticeBox} tone="success" title=${title}>${t('portal.contracts.signed_next')}<//>`
  }
  if (contract.status === 'declined') {
    return html`<${NoticeBox} tone="neutral" title=${t('portal.contracts.declined_on', { date: dayOf(contract.declinedAt) })}>
      ${contract.declineReason && html`<q class="said" dir="auto">${contract.declineReason}</q> `}${t('portal.contracts.declined_next', { agency })}
    <//>`
  }
  return html`<${NoticeBox} tone="neutral" title=${t('portal.contracts.void_on', { agency, date: dayOf(contract.voidedAt) })}>
    ${t('portal.contracts.void_next')}
  <//>`
}
