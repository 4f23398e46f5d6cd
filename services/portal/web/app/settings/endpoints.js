import { Badge } from '../../components/badge.js'
import { Button } from '../../components/button.js'
import { Card } from '../../components/card.js'
import { ConfirmDialog } from '../../components/confirm-dialog.js'
import { Menu } from '../../components/menu.js'
import { t } from '../../lib/texts.js'
import { html, useState } from '../../lib/ui.js'
import { post, remove } from '../lib/api.js'
import { useList } from '../lib/use-list.js'
import { useAct } from '../papers/use-act.js'
import { NewEndpoint } from './new-endpoint.js'
import { Rows } from './rows.js'

const TONES = { active: 'success', failing: 'warning', gone: 'danger', removed: 'neutral' }

const FEW = 4

/** The names of a few events, or how many there are, which opens to their names. */
function Events({ types }) {
  const names = html`<span class="quiet" dir="ltr">${types.join(', ')}</span>`
  if (types.length <= FEW) return names
  return html`<details class="fold"><summary>${t('app.settings.events_count', { count: types.length })}</summary>${names}</details>`
}

/** The addresses that events are sent to. */
export function Endpoints() {
  const list = useList('/api/zapier', { limit: 200 })
  const [making, setMaking] = useState(false)
  const [ending, setEnding] = useState(null)
  const act = useAct()
  const test = ({ id }) => act(`test-${id}`, (key) => post('/api/zapier/test', { id }, key), t('app.settings.test_sent'))
  const end = async () => {
    const gone = await act(`endpoint-${ending.id}`, () => remove(`/api/zapier/${ending.id}`), t('app.settings.endpoint_gone'))
    if (gone) list.reload()
    return gone !== null
  }
  const items = (endpoint) => [
    { label: t('app.settings.test'), icon: 'send', onPress: () => test(endpoint) },
    { label: t('app.settings.deliveries'), icon: 'list', to: `/app/settings/webhooks?endpoint=${endpoint.id}` },
    endpoint.active && { label: t('app.settings.end_endpoint'), icon: 'x', tone: 'danger', onPress: () => setEnding(endpoint) },
  ]
  const actions = html`<${Button} kind="primary" icon="plus" onPress=${() => setMaking(true)}>${t('app.settings.new_endpoint')}<//>`
  return html`<${Card} title=${t('app.settings.parts.webhooks')} lead=${t('app.settings.webhooks_lead')} actions=${actions}>
    <${Rows} list=${list} empty=${t('app.settings.no_endpoints')}>
      ${list.rows.map((endpoint) => html`<li key=${endpoint.id}>
        <span class="settings-who"><span><bdi dir="ltr">${endpoint.url}</bdi><${Events} types=${endpoint.events} /></span></span>
        <${Badge} tone=${TONES[endpoint.status] ?? 'neutral'}>${t(`app.settings.endpoint.${endpoint.status}`)}<//>
        <${Menu} label=${t('app.settings.more_for', { name: endpoint.url })} items=${items(endpoint)} />
      </li>`)}
    <//>
    <${NewEndpoint} open=${making} onClose=${() => setMaking(false)} onMade=${list.add} />
    <${ConfirmDialog} open=${ending !== null} title=${t('app.settings.end_endpoint_title')} text=${t('app.settings.end_endpoint_text')}
      confirm=${t('app.settings.end_endpoint')} onConfirm=${end} onClose=${() => setEnding(null)} />
  <//>`
}
