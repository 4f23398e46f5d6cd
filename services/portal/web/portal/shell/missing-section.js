import { html } from '../../lib/ui.js'
import { Button } from '../../components/button.js'

/** Stands where a section would be whose service is not answering. */
export function MissingSection({ what, onRetry }) {
  return html`<div class="card missing-section" role="status">
    <p>We cannot show ${what} just now. Nothing is lost.</p>
    <${Button} onPress=${onRetry}>Try again<//>
  </div>`
}
