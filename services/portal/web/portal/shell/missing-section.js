import { Button } from '../../components/button.js'
import { t } from '../../lib/texts.js'
import { html } from '../../lib/ui.js'

/** Stands where a section would be whose service is not answering; `section` is its name in the snapshot. */
export function MissingSection({ section, what, onRetry }) {
  return html`<div class="card missing-section" role="status">
    <p>${section ? t(`portal.missing.${section}`) : t('portal.missing.other', { what })}</p>
    <${Button} onPress=${onRetry}>${t('shared.ui.retry')}<//>
  </div>`
}
