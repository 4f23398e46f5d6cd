// API keys, for programs that work for the agency.
import { Badge } from '../../components/badge.js'
import { Button } from '../../components/button.js'
import { Card } from '../../components/card.js'
import { ConfirmDialog } from '../../components/confirm-dialog.js'
import { When } from '../../components/when.js'
import { t } from '../../lib/texts.js'
import { html, useState } from '../../lib/ui.js'
import { remove } from '../lib/api.js'
import { useList } from '../lib/use-list.js'
import { useAct } from '../papers/use-act.js'
import { NewKey } from './new-key.js'
import { Rows } from './rows.js'

export default function Keys() {
  const list = useList('/api/api-keys', { limit: 200 })
  const [making, setMaking] = useState(false)
  const [ending, setEnding] = useState(null)
  const act = useAct()
  const end = async () => {
    const gone = await act(`key-${ending.id}`, () => remove(`/api/api-keys/${ending.id}`), t('app.settings.key_gone'))
    if (gone) list.drop(ending.id)
    return gone !== null
  }
  const actions = html`<${Button} kind="primary" icon="plus" onPress=${() => setMaking(true)}>${t('app.settings.new_key')}<//>`
  return html`<${Card} title=${t('app.settings.parts.keys')} lead=${t('app.settings.keys_lead')} actions=${actions}>
    <${Rows} list=${list} empty=${t('app.settings.no_keys')}>
      ${list.rows.map((key) => html`<li key=${key.id}>
        <span class="settings-who"><span><bdi>${key.name}</bdi>
          <span class="quiet"><code dir="ltr">${key.prefix}…</code> · ${key.lastUsedAt ? t('app.settings.last_used', { when: html`<${When} at=${key.lastUsedAt} relative />` }) : t('app.settings.never_used')}
            ${key.expiresAt && html` · ${t('app.settings.until', { when: html`<${When} at=${key.expiresAt} />` })}`}</span></span></span>
        ${key.scopes.map((scope) => html`<${Badge} key=${scope}>${t(`app.settings.scopes.${scope}`)}<//>`)}
        <${Button} icon="x" onPress=${() => setEnding(key)}>${t('app.settings.end_key')}<//>
      </li>`)}
    <//>
    <${NewKey} open=${making} onClose=${() => setMaking(false)} onMade=${list.add} />
    <${ConfirmDialog} open=${ending !== null} title=${t('app.settings.end_key_title', { name: ending?.name ?? '' })} text=${t('app.settings.end_key_text')}
      confirm=${t('app.settings.end_key')} onConfirm=${end} onClose=${() => setEnding(null)} />
  <//>`
}
