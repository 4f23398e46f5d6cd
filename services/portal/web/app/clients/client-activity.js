import { Timeline } from '../../components/timeline.js'
import { t } from '../../lib/texts.js'
import { html } from '../../lib/ui.js'
import { useLive } from '../lib/live.js'
import { useList } from '../lib/use-list.js'
import { activityItems } from '../projects/activity-items.js'
import { Section } from './section.js'

const SHOWN = 10
const TOLD = ['project.', 'file.', 'message.', 'quote.', 'contract.', 'invoice.', 'payment.']

export function ClientActivity({ client }) {
  const list = useList('/api/activity', { clientId: client.id, limit: SHOWN })
  useLive(TOLD, list.reload)
  return html`<${Section} title=${t('app.clients.activity')} list=${list} empty=${t('app.clients.no_activity')}>
    <${Timeline} label=${t('app.clients.activity')} items=${activityItems(list.rows)} />
  <//>`
}
