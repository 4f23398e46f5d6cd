import { Card } from '../../components/card.js'
import { LinkButton } from '../../components/link-button.js'
import { t } from '../../lib/texts.js'
import { html } from '../../lib/ui.js'

/** Everything that is kept of the agency, to take along. */
export default function Data() {
  return html`<${Card} title=${t('app.settings.export')} lead=${t('app.settings.export_lead')}>
    <p>${t('app.settings.export_text')}</p>
    <div class="actions"><${LinkButton} kind="primary" icon="download" href="/api/export" download>${t('app.settings.export_start')}<//></div>
  <//>
  <${Card} title=${t('app.settings.erasing')}><p>${t('app.settings.erasing_text')}</p><//>`
}
