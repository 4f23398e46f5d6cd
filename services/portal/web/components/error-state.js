import { t } from '../lib/texts.js'
import { html } from '../lib/ui.js'
import { Button } from './button.js'
import { Icon } from './icon.js'

/**
 * Something did not come, and can be asked for again. `what` says what is missing; `level` is 1 where nothing else is on
 * the page.
 */
export function ErrorState({ onRetry, what = t('shared.ui.error_title'), text = t('shared.ui.error_text'), level = 1 }) {
  return html`<div class="empty-state" role="alert">
    <span class="empty-icon"><${Icon} name="refresh-cw" /></span>
    <${`h${level}`}>${what}<//>
    <p class="quiet">${text}</p>
    ${onRetry && html`<div class="empty-action"><${Button} onPress=${onRetry}>${t('shared.ui.retry')}<//></div>`}
  </div>`
}
