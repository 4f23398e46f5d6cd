// What happened to a quote, newest first.
import { t } from '../../lib/texts.js'
import { html } from '../../lib/ui.js'

export function historyOf(quote) {
  const { client, revision } = quote
  const items = [
    { key: 'created', icon: 'file-text', text: t('app.quotes.history.created'), at: quote.createdAt },
    quote.sentAt && { key: 'sent', icon: 'send', tone: 'info', text: revision > 1 ? t('app.quotes.history.sent_revision', { revision }) : t('app.quotes.history.sent'), at: quote.sentAt },
    quote.firstViewedAt && { key: 'first', icon: 'eye', tone: 'info', text: t('app.quotes.history.viewed'), by: client.name, at: quote.firstViewedAt },
    quote.viewCount > 1 && { key: 'last', icon: 'eye', text: t('app.quotes.history.viewed_again', { count: quote.viewCount }), by: client.name, at: quote.lastViewedAt },
    ...quote.reopenings.flatMap(reopening),
    quote.acceptedAt && { key: 'accepted', icon: 'circle-check', tone: 'success', text: t('app.quotes.history.accepted'), by: quote.acceptedBy, at: quote.acceptedAt },
    quote.declinedAt && { key: 'declined', icon: 'circle-x', tone: 'danger', text: t('app.quotes.history.declined'), by: client.name, at: quote.declinedAt, children: said(quote.declineReason) },
  ]
  return items.filter(Boolean).reverse().sort((one, other) => other.at.localeCompare(one.at))
}

function reopening({ acceptedAt, acceptedBy, reopenedAt, reopenedBy }) {
  return [
    { key: `accepted-${acceptedAt}`, icon: 'circle-check', text: t('app.quotes.history.accepted'), by: acceptedBy, at: acceptedAt },
    { key: `reopened-${reopenedAt}`, icon: 'undo-2', tone: 'warning', text: t('app.quotes.history.reopened'), by: reopenedBy, at: reopenedAt },
  ]
}

const said = (text) => text && html`<blockquote dir="auto">${text}</blockquote>`
