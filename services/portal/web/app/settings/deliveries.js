import { Badge } from '../../components/badge.js'
import { Card } from '../../components/card.js'
import { Chips } from '../../components/chips.js'
import { Link } from '../../components/link.js'
import { When } from '../../components/when.js'
import { t } from '../../lib/texts.js'
import { html } from '../../lib/ui.js'
import { useList } from '../lib/use-list.js'
import { useQuery } from '../lib/use-query.js'
import { Rows } from './rows.js'

const TONES = { pending: 'info', delivered: 'success', retrying: 'warning', failed: 'danger', cancelled: 'neutral' }

export const DeliveryState = ({ status }) => html`<${Badge} tone=${TONES[status] ?? 'neutral'}>${t(`app.settings.delivery.${status}`)}<//>`

/** What was sent to webhooks, newest first. */
export function Deliveries() {
  const [{ status = '', endpoint = '' }, change] = useQuery()
  const list = useList('/api/webhook-deliveries', { status, endpointId: endpoint, limit: 50 })
  const options = [{ value: '', label: t('app.settings.every') }, ...Object.keys(TONES).map((value) => ({ value, label: t(`app.settings.delivery.${value}`) }))]
  return html`<${Card} title=${t('app.settings.deliveries')} lead=${t('app.settings.deliveries_lead')}>
    <${Chips} label=${t('app.settings.by_state')} options=${options} value=${status} onChoose=${(value) => change({ status: value })} />
    <${Rows} list=${list} empty=${t('app.settings.no_deliveries')}>
      ${list.rows.map((delivery) => html`<li key=${delivery.id}>
        <span class="settings-who"><span><${Link} to=${`/app/settings/webhooks/${delivery.id}`}><code>${delivery.eventType}</code><//><span class="quiet"><${When} at=${delivery.createdAt} relative /></span></span></span>
        <span class="quiet">${t('app.settings.tries', { count: delivery.attempts })}</span>
        <${DeliveryState} status=${delivery.status} />
      </li>`)}
    <//>
  <//>`
}
