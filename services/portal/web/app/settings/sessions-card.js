import { Badge } from '../../components/badge.js'
import { Button } from '../../components/button.js'
import { Card } from '../../components/card.js'
import { When } from '../../components/when.js'
import { t } from '../../lib/texts.js'
import { html } from '../../lib/ui.js'
import { remove } from '../lib/api.js'
import { useList } from '../lib/use-list.js'
import { useAct } from '../papers/use-act.js'
import { deviceOf } from './device.js'
import { Rows } from './rows.js'

/** Where one is signed in. */
export function SessionsCard() {
  const list = useList('/api/sessions', { limit: 200 })
  const act = useAct()
  const end = async ({ id }) => {
    if (await act(`session-${id}`, () => remove(`/api/sessions/${id}`), t('app.settings.signed_out'))) list.drop(id)
  }
  const endAll = async () => {
    if (await act('sessions', () => remove('/api/sessions'), t('app.settings.signed_out'))) list.reload()
  }
  const actions = list.rows.length > 1 ? html`<${Button} onPress=${endAll}>${t('app.settings.end_others')}<//>` : null
  return html`<${Card} title=${t('app.settings.sessions')} lead=${t('app.settings.sessions_lead')} actions=${actions}>
    <${Rows} list=${list}>
      ${[...list.rows].sort((one, other) => Number(other.current) - Number(one.current)).map((session) => html`<li key=${session.id}>
        <span class="settings-who"><span><bdi class="clamp">${deviceOf(session.userAgent)}</bdi>
          <span class="quiet">${session.address && html`<bdi>${session.address}</bdi> · `}<${When} at=${session.lastSeenAt ?? session.createdAt} relative /></span></span></span>
        ${session.current ? html`<${Badge} tone="success">${t('app.settings.this_device')}<//>` : html`<${Button} onPress=${() => end(session)}>${t('app.settings.end_session')}<//>`}
      </li>`)}
    <//>
  <//>`
}
