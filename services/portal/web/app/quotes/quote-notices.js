import { Button } from '../../components/button.js'
import { ConfirmDialog } from '../../components/confirm-dialog.js'
import { NoticeBox } from '../../components/notice.js'
import { t } from '../../lib/texts.js'
import { html, useEffect, useState } from '../../lib/ui.js'
import { post } from '../lib/api.js'
import { useAct } from '../papers/use-act.js'

const UNDO_MS = 10 * 60_000
const MINUTE_MS = 60_000

/** What the client said, and for ten minutes the way to take an acceptance back. */
export function QuoteNotices({ quote, onChanged, onReload }) {
  return html`<div class="paper-notices">
    ${quote.status === 'changes_requested' && html`<${NoticeBox} tone="warning" title=${t('app.quotes.asks_changes', { name: quote.client.name })}><span dir="auto">${quote.changeRequest}</span><//>`}
    ${quote.status === 'declined' && html`<${NoticeBox} tone="danger" title=${t('app.quotes.was_declined', { name: quote.client.name })}><span dir="auto">${quote.declineReason ?? t('app.quotes.no_reason')}</span><//>`}
    ${quote.status === 'expired' && html`<${NoticeBox} tone="warning">${t('app.quotes.has_expired')}<//>`}
    ${quote.status === 'draft' && quote.number && html`<${NoticeBox} tone="info">${t('app.quotes.hidden', { revision: quote.revision })}<//>`}
    ${quote.status === 'accepted' && html`<${Acceptance} ...${{ quote, onChanged, onReload }} />`}
  </div>`
}

function Acceptance({ quote, onChanged, onReload }) {
  const left = useMinutesLeft(quote.acceptedAt)
  const [asking, setAsking] = useState(false)
  const act = useAct(onReload)
  if (left <= 0) return null
  const reopen = async () => {
    const reopened = await act('reopen', (key) => post(`/api/quotes/${quote.id}/reopen`, {}, key), t('app.quotes.reopened'))
    if (reopened) onChanged(reopened)
  }
  const actions = html`<${Button} kind="plain" onPress=${() => setAsking(true)}>${t('app.quotes.reopen')}<//>`
  return html`<${NoticeBox} tone="success" actions=${actions}>${t('app.quotes.can_reopen', { count: left })}<//>
    <${ConfirmDialog} title=${t('app.quotes.reopen_title')} text=${t('app.quotes.reopen_text')} confirm=${t('app.quotes.reopen')} open=${asking}
      onConfirm=${reopen} onClose=${() => setAsking(false)} />`
}

function useMinutesLeft(acceptedAt) {
  const leftNow = () => Math.ceil((Date.parse(acceptedAt) + UNDO_MS - Date.now()) / MINUTE_MS)
  const [left, setLeft] = useState(leftNow)
  useEffect(() => {
    const timer = setInterval(() => setLeft(leftNow()), MINUTE_MS / 6)
    return () => clearInterval(timer)
  }, [acceptedAt])
  return left
}
