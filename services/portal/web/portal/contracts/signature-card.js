import { Button } from '../../components/button.js'
import { DefinitionList } from '../../components/definition-list.js'
import { Icon } from '../../components/icon.js'
import { moment } from '../../lib/format.js'
import { saveAs } from '../../lib/save.js'
import { t } from '../../lib/texts.js'
import { html } from '../../lib/ui.js'

/** Who signed which text and when; all of it stands on the certificate, the last page of the sealed PDF. */
export function SignatureCard({ signature, contract, portal }) {
  const items = [
    { term: t('portal.contracts.signer'), value: html`<bdi>${signature.name}</bdi>` },
    { term: t('portal.contracts.signer_mail'), value: signature.email && html`<bdi>${signature.email}</bdi>` },
    { term: t('portal.contracts.when'), value: html`<time datetime=${signature.signedAt}>${moment(signature.signedAt)}</time>` },
    { term: t('portal.contracts.how'), value: t(`portal.contracts.kind.${signature.kind}`) },
    { term: t('portal.contracts.hash'), value: html`<code class="hash">${signature.sha256}</code>` },
  ]
  const download = () =>
    portal.attempt(async () => saveAs(await portal.api.bytes(`/api/contracts/${contract.id}/pdf`), `${contract.title}.pdf`))
  return html`<section class="card signature-card" aria-labelledby="signature">
    <div class="card-head"><h2 id="signature">${t('portal.contracts.signature')}</h2></div>
    ${signature.kind === 'typed' && html`<p class="typed-signature" aria-hidden="true">${signature.name}</p>`}
    <${DefinitionList} items=${items} />
    <p class="certificate quiet"><${Icon} name="shield-check" />${t('portal.contracts.certificate')}</p>
    <div class="actions no-print"><${Button} kind="primary" icon="download" onPress=${download}>${t('portal.contracts.sealed_download')}<//></div>
  </section>`
}
