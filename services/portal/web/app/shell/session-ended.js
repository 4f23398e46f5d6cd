// Stands above an open page whose session has ended; everything under it stays as it was.
import { t } from '../../lib/texts.js'
import { html } from '../../lib/ui.js'

export function SessionEnded() {
  return html`<section class="session-ended" role="alert"><h2>${t('app.entrance.ended')}</h2></section>`
}
