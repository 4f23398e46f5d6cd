// Who signed, how, and whether the agency's trail of signatures is unbroken.
import { Badge } from '../../components/badge.js'
import { Bones } from '../../components/bones.js'
import { Card } from '../../components/card.js'
import { DefinitionList } from '../../components/definition-list.js'
import { ErrorState } from '../../components/error-state.js'
import { When } from '../../components/when.js'
import { t } from '../../lib/texts.js'
import { html } from '../../lib/ui.js'
import { useOne } from '../lib/use-one.js'

export function SignatureCard({ contract }) {
  const one = useOne(`/api/contracts/${contract.id}/signature`)
  return html`<${Card} title=${t('app.contracts.signature')}>
    ${one.phase === 'ready' ? html`<${Record} ...${one.value} />` : one.phase === 'loading' ? html`<${Bones} count=${2} />` : html`<${ErrorState} level=${3} onRetry=${one.reload} />`}
  <//>`
}

function Record({ signature, trail }) {
  const items = [
    { term: t('app.contracts.signed_by'), value: html`<bdi>${signature.name}</bdi>` },
    { term: t('app.contracts.email'), value: signature.email && html`<bdi>${signature.email}</bdi>` },
    { term: t('app.contracts.how'), value: t(`app.contracts.kinds.${signature.kind}`) },
    { term: t('app.contracts.signed_on'), value: html`<${When} at=${signature.signedAt} />` },
    { term: t('app.contracts.from_address'), value: html`<bdi>${signature.ip}</bdi>` },
    { term: t('app.contracts.hash'), value: html`<code class="contract-hash">${signature.sha256}</code>` },
    { term: t('app.contracts.consent'), value: signature.consent && html`<span dir="auto">${signature.consent}</span>` },
  ]
  return html`<p><${Badge} tone=${trail.intact ? 'success' : 'danger'}>${t(trail.intact ? 'app.contracts.intact' : 'app.contracts.broken')}<//></p>
    <${DefinitionList} items=${items} />`
}
