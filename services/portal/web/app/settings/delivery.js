import { Button } from '../../components/button.js'
import { Card } from '../../components/card.js'
import { DefinitionList } from '../../components/definition-list.js'
import { EmptyState } from '../../components/empty-state.js'
import { Link } from '../../components/link.js'
import { When } from '../../components/when.js'
import { t } from '../../lib/texts.js'
import { html } from '../../lib/ui.js'
import { post } from '../lib/api.js'
import { useOne } from '../lib/use-one.js'
import { useAct } from '../papers/use-act.js'
import { DeliveryState } from './deliveries.js'
import { Loaded } from './loaded.js'

/** One delivery with its body and every try. */
export function Delivery({ id }) {
  const path = `/api/webhook-deliveries/${id}`
  const one = useOne(path)
  const act = useAct()
  const replay = async () => {
    if (await act('replay', (key) => post(`${path}/replay`, {}, key), t('app.settings.replayed'))) one.reload()
  }
  return html`<p><${Link} to="/app/settings/webhooks">${t('app.settings.back_to_webhooks')}<//></p>
    ${one.phase === 'missing'
      ? html`<${EmptyState} icon="search" title=${t('app.settings.no_delivery')} text=${t('app.settings.no_delivery_text')} />`
      : html`<${Loaded} one=${one}>${(delivery) => html`<${Told} delivery=${delivery} onReplay=${replay} onReload=${one.reload} />`}<//>`}`
}

function Told({ delivery, onReplay, onReload }) {
  const actions = html`<${Button} icon="refresh-cw" onPress=${onReload}>${t('app.settings.look_again')}<//>
    <${Button} kind="primary" icon="send" onPress=${onReplay}>${t('app.settings.replay')}<//>`
  const items = [
    { term: t('app.settings.state'), value: html`<${DeliveryState} status=${delivery.status} />` },
    { term: t('app.settings.raised'), value: html`<${When} at=${delivery.createdAt} />` },
    { term: t('app.settings.next_try'), value: delivery.nextAttemptAt && html`<${When} at=${delivery.nextAttemptAt} />` },
    { term: 'webhook-id', value: html`<code dir="ltr">${delivery.eventId}</code>` },
  ]
  return html`<${Card} title=${delivery.eventType} actions=${actions}><${DefinitionList} items=${items} /><//>
    <${Card} title=${t('app.settings.log')}>
      ${delivery.log.length === 0 && html`<p class="quiet">${t('app.settings.not_tried')}</p>`}
      <ol class="settings-rows">
        ${delivery.log.map((one) => html`<li key=${one.number}>
          <span class="settings-who"><span>${one.statusCode ?? one.error ?? ''}<span class="quiet"><${When} at=${one.at} /> · ${t('app.settings.took', { ms: one.durationMs })}</span></span></span>
          ${one.response && html`<pre class="settings-code" tabindex="0" dir="ltr">${one.response}</pre>`}
        </li>`)}
      </ol>
    <//>
    <${Card} title=${t('app.settings.body')}><pre class="settings-code" tabindex="0" dir="ltr">${JSON.stringify(delivery.payload, null, 2)}</pre><//>`
}
