import { Button } from '../../components/button.js'
import { t } from '../../lib/texts.js'
import { html } from '../../lib/ui.js'

/** The quieter answers: beside the primary one where there is room (`bar-choices`), else under the sheet. */
export function Choices({ quote, answers, place }) {
  return html`<div class=${place}>
    ${quote.status !== 'changes_requested' &&
    html`<${Button} onPress=${() => answers.open('changes')}>${t('portal.quotes.request_changes')}<//>`}
    <${Button} onPress=${() => answers.open('decline')}>${t('portal.quotes.decline')}<//>
  </div>`
}
