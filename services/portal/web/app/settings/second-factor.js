import { Badge } from '../../components/badge.js'
import { Button } from '../../components/button.js'
import { Card } from '../../components/card.js'
import { t } from '../../lib/texts.js'
import { html, useState } from '../../lib/ui.js'
import { useOne } from '../lib/use-one.js'
import { Loaded } from './loaded.js'
import { ProveDialog } from './prove-dialog.js'
import { SetUpDialog } from './set-up-dialog.js'

/** Whether signing in asks for a code, and what turns that on and off. */
export function SecondFactor() {
  const one = useOne('/api/auth/totp')
  const [asked, setAsked] = useState('')
  const close = () => {
    setAsked('')
    one.reload()
  }
  return html`<${Card} title=${t('app.settings.two_factor')} lead=${t('app.settings.two_factor_lead')}>
    <${Loaded} one=${one} count=${1}>${({ enabled, recoveryCodesLeft }) => html`
      <p>${enabled ? html`<${Badge} tone="success">${t('app.settings.is_on')}<//> <span class="quiet">${t('app.settings.codes_left', { count: recoveryCodesLeft })}</span>` : html`<${Badge}>${t('app.settings.is_off')}<//>`}</p>
      <div class="actions">
        ${enabled
          ? html`<${Button} onPress=${() => setAsked('codes')}>${t('app.settings.new_codes')}<//><${Button} onPress=${() => setAsked('off')}>${t('app.settings.turn_off')}<//>`
          : html`<${Button} kind="primary" icon="shield" onPress=${() => setAsked('on')}>${t('app.settings.set_up')}<//>`}
      </div>`}<//>
    <${SetUpDialog} open=${asked === 'on'} onClose=${close} />
    <${ProveDialog} open=${asked === 'off'} title=${t('app.settings.turn_off')} path="/api/auth/totp/disable" onClose=${close} />
    <${ProveDialog} open=${asked === 'codes'} title=${t('app.settings.new_codes')} path="/api/auth/totp/recovery-codes" onClose=${close} />
  <//>`
}
