import { MarkdownText } from '../../components/markdown-text.js'
import { cardOf, Paper } from '../../components/paper.js'
import { dayOf } from '../../lib/format.js'
import { t } from '../../lib/texts.js'
import { html } from '../../lib/ui.js'
import { useBrand } from '../papers/use-brand.js'
import { contractState } from './states.js'

/** A contract as its client reads it; a preview does not say how it stands. */
export function ContractSheet({ contract, client, isPreview = false }) {
  const facts = [
    { label: t('app.contracts.sent_on'), value: contract.sentAt && dayOf(contract.sentAt) },
    { label: t('app.contracts.signed_on'), value: contract.signedAt && dayOf(contract.signedAt) },
  ]
  return html`<${Paper} ...${useBrand()} facts=${facts} title=${t('app.contracts.one')} standing=${isPreview ? '' : contractState(contract).text}
    client=${client ? cardOf(client) : []} subject=${startsWithTitle(contract) ? '' : contract.title}>
    <${MarkdownText} text=${contract.body} kind="contract-text" />
  <//>`
}

/** Most texts begin with their title; it need not stand there twice. */
function startsWithTitle({ body, title }) {
  const [first] = body.trimStart().split('\n')
  return first.replace(/^#+\s*/, '').replaceAll('\\', '').trim() === title.trim()
}
