import { t } from '../../lib/texts.js'
import { html } from '../../lib/ui.js'

const ICON = new URL('../../icon.svg', import.meta.url).pathname

/** What this is, and the way to its start page. */
export function Mark() {
  return html`<a class="mark" href="/"><img src=${ICON} alt="" width="28" height="28" />${t('app.entrance.product')}</a>`
}
