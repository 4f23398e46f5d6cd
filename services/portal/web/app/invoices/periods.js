import { Card } from '../../components/card.js'
import { Link } from '../../components/link.js'
import { LoadMore } from '../../components/load-more.js'
import { When } from '../../components/when.js'
import { t } from '../../lib/texts.js'
import { html, useEffect } from '../../lib/ui.js'
import { useList } from '../lib/use-list.js'

/** The days that have had their invoice, the newest first. */
export function Periods({ recurring }) {
  const list = useList(`/api/recurring-invoices/${recurring.id}/periods`, { limit: 12 })
  useEffect(() => {
    if (list.phase === 'ready') list.reload()
  }, [recurring.issuedCount])
  return html`<${Card} title=${t('app.recurring.issued', { count: recurring.issuedCount })}>
    ${list.rows.length === 0 && html`<p class="quiet">${t('app.recurring.none_issued')}</p>`}
    <ul class="moved">
      ${list.rows.map(({ id, periodOn, invoiceId }) => html`<li key=${id}>
        ${invoiceId ? html`<${Link} to=${`/app/invoices/${invoiceId}`}><${When} on=${periodOn} /><//>` : html`<span><${When} on=${periodOn} /> <span class="quiet">${t('app.recurring.thrown_away')}</span></span>`}
      </li>`)}
    </ul>
    <${LoadMore} more=${list.more} onMore=${list.loadMore} />
  <//>`
}
