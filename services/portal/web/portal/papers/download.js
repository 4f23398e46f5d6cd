import { Button } from '../../components/button.js'
import { t } from '../../lib/texts.js'
import { html } from '../../lib/ui.js'

/** The way to a paper's PDF, beside its heading; on a phone only its icon is seen. */
export function Download({ onPress, words = t('portal.papers.pdf') }) {
  return html`<${Button} icon="download" onPress=${onPress}><span class="download-words">${words}</span><//>`
}
