import { t } from '../../lib/texts.js'
import { html } from '../../lib/ui.js'

/** What this is, and the way to its start page. */
export function Mark() {
  return html`<a class="mark" href="/">
    <svg viewBox="0 0 32 32" width="28" height="28" aria-hidden="true" focusable="false"><path d="M4 28V13L16 4l12 9v15h-6V17a6 6 0 0 0-12 0v11z" /></svg>
    ${t('app.entrance.product')}
  </a>`
}
