// What happened to a contract, newest first.
import { t } from '../../lib/texts.js'
import { html } from '../../lib/ui.js'

export function historyOf(contract, client) {
  const [signature] = contract.signatures
  const items = [
    { key: 'created', icon: 'signature', text: t('app.contracts.history.created'), at: contract.createdAt },
    contract.sentAt && { key: 'sent', icon: 'send', tone: 'info', text: t('app.contracts.history.sent'), at: contract.sentAt },
    contract.firstViewedAt && { key: 'first', icon: 'eye', tone: 'info', text: t('app.contracts.history.viewed'), by: client?.name, at: contract.firstViewedAt },
    contract.viewCount > 1 && { key: 'last', icon: 'eye', text: t('app.contracts.history.viewed_again'), by: client?.name, at: contract.lastViewedAt },
    contract.signedAt && { key: 'signed', icon: 'circle-check', tone: 'success', text: t('app.contracts.history.signed'), by: signature?.name, at: contract.signedAt },
    contract.declinedAt && { key: 'declined', icon: 'circle-x', tone: 'danger', text: t('app.contracts.history.declined'), by: client?.name, at: contract.declinedAt, children: said(contract.declineReason) },
    contract.voidedAt && { key: 'void', icon: 'x', tone: 'warning', text: t('app.contracts.history.voided'), at: contract.voidedAt },
  ]
  return items.filter(Boolean).reverse().sort((one, other) => other.at.localeCompare(one.at))
}

const said = (text) => text && html`<blockquote dir="auto">${text}</blockquote>`
