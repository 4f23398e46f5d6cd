import { Button } from '../../components/button.js'
import { t } from '../../lib/texts.js'
import { html } from '../../lib/ui.js'
import { SignPanel } from '../signing/sign-panel.js'

/** Where a contract is signed, under its text. */
export function SignSection({ portal, contract, onSign, onDecline }) {
  return html`<section class="card sign-section no-print" id="sign" aria-labelledby="sign-head">
    <h2 id="sign-head">${t('portal.contracts.sign_head')}</h2>
    <${SignPanel} client=${portal.snapshot.client} draft=${`sign.${contract.id}`} consent=${contract.consentText} action=${t('portal.contracts.sign')}
      onSign=${onSign} more=${html`<${Button} onPress=${onDecline}>${t('portal.contracts.decline')}<//>`} />
  </section>`
}
