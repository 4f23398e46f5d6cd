import { MarkdownText } from '../../components/markdown-text.js'
import { Paper } from '../../components/paper.js'
import { dayOf } from '../../lib/format.js'
import { t } from '../../lib/texts.js'
import { html } from '../../lib/ui.js'
import { contractState } from '../papers/states.js'

/** The contract as a sheet of paper, its text to be read by everything that reads. */
export function ContractSheet({ portal, contract }) {
  const { settings, agency, client } = portal.snapshot
  const { state } = contractState(contract)
  const facts = [
    { label: t('portal.contracts.sent_fact'), value: contract.sentAt && dayOf(contract.sentAt) },
    { label: t('portal.contracts.signed_fact'), value: contract.signedAt && dayOf(contract.signedAt) },
  ]
  const parties = [client.name, client.company].filter((name, at, all) => name && all.indexOf(name) === at)
  return html`<${Paper} ...${{ settings, agency, facts }} title=${t('portal.contracts.title')} client=${parties}
    standing=${state === 'sent' ? '' : t(`portal.contracts.state.${state}`)} subject=${startsWithTitle(contract) ? '' : contract.title}>
    <${MarkdownText} text=${contract.body} kind="contract-text" />
  <//>`
}

/** Most texts begin with their title; it need not stand there twice. */
function startsWithTitle({ body, title }) {
  const [first] = body.trimStart().split('\n')
  return first.replace(/^#+\s*/, '').replaceAll('\\', '').trim() === title
}
