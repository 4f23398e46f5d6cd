import { Button } from '../../components/button.js'
import { Icon } from '../../components/icon.js'
import { time } from '../../lib/format.js'
import { t } from '../../lib/texts.js'
import { html } from '../../lib/ui.js'

/** Says how old what is shown is, while the network or the portal is away. */
export function OfflineBar({ since, onRetry }) {
  return html`<div class="offline-place" role="status">
    ${since &&
    html`<div class="offline-bar">
      <${Icon} name="wifi-off" />
      <span>${t('portal.shell.offline', { time: time(since) })}</span>
      <${Button} kind="plain" onPress=${onRetry}>${t('shared.ui.retry')}<//>
    </div>`}
  </div>`
}
