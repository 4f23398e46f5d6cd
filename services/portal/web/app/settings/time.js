import { Card } from '../../components/card.js'
import { t } from '../../lib/texts.js'
import { html } from '../../lib/ui.js'
import { TimeSettings } from '../time/time-settings.js'

/** What an hour costs where nothing else says so, and how time is rounded on invoices. */
export default function Time() {
  return html`<${Card} title=${t('app.settings.parts.time')} lead=${t('app.settings.time_lead')}><${TimeSettings} path="/api/time-settings" /><//>`
}
