// One contract: its text, where it stands, and what comes next.
import { Badge } from '../../components/badge.js'
import { Card } from '../../components/card.js'
import { DefinitionList } from '../../components/definition-list.js'
import { Link } from '../../components/link.js'
import { NoticeBox } from '../../components/notice.js'
import { PageHead } from '../../components/page-head.js'
import { Timeline } from '../../components/timeline.js'
import { t } from '../../lib/texts.js'
import { html } from '../../lib/ui.js'
import { useLive } from '../lib/live.js'
import { useNames } from '../lib/names.js'
import { useOne } from '../lib/use-one.js'
import { useTitle } from '../lib/use-title.js'
import { PaperPage } from '../papers/page.js'
import { ContractActions } from './contract-actions.js'
import { ContractSheet } from './contract-sheet.js'
import { filled } from './merge-fields.js'
import { historyOf } from './history.js'
import { SignatureCard } from './signature-card.js'
import { contractState } from './states.js'

export default function ContractPage({ id }) {
  const one = useOne(`/api/contracts/${id}`)
  useLive(['contract.'], ({ data }) => data?.id === id && one.reload())
  useTitle(one.value?.title ?? t('app.contracts.one'))
  return html`<${PaperPage} one=${one} home="/app/contracts">${(contract) => html`<${Contract} contract=${contract} one=${one} />`}<//>`
}

function Contract({ contract, one }) {
  const client = useNames('clients', [contract.clientId])(contract.clientId)
  const project = useNames('projects', [contract.projectId])(contract.projectId)
  const { tone, text } = contractState(contract)
  const known = { client, project }
  const shown = contract.status === 'draft' ? { ...contract, title: filled(contract.title, known), body: filled(contract.body, known) } : contract
  const facts = [
    { term: t('app.papers.client'), value: client && html`<${Link} to=${`/app/clients/${client.id}`} ><bdi class="clamp">${client.name}</bdi><//>` },
    { term: t('app.contracts.project'), value: project && html`<${Link} to=${`/app/projects/${project.id}`} ><bdi class="clamp">${project.name}</bdi><//>` },
    { term: t('app.contracts.views'), value: contract.viewCount > 0 ? t('app.contracts.times', { count: contract.viewCount }) : null },
  ]
  return html`<main id="main" tabindex="-1">
    <${PageHead} title=${shown.title} badge=${html`<${Badge} tone=${tone}>${text}<//>`} back=${{ to: '/app/contracts', name: t('app.contracts.title') }}
      actions=${html`<${ContractActions} contract=${contract} client=${client} onChanged=${one.set} onConflict=${one.reload} />`} />
    ${contract.status === 'declined' && html`<${NoticeBox} tone="danger" title=${t('app.contracts.was_declined', { name: client?.name ?? '' })}>
      <span dir="auto">${contract.declineReason ?? t('app.contracts.no_reason')}</span><//>`}
    <div class="paper-page">
      <${ContractSheet} contract=${shown} client=${client} />
      <div class="paper-side">
        <${Card} title=${t('app.papers.facts')}><${DefinitionList} items=${facts} /><//>
        ${contract.status === 'signed' && html`<${SignatureCard} contract=${contract} />`}
        <${Card} title=${t('app.papers.history')}><${Timeline} items=${historyOf(contract, client)} label=${t('app.papers.history')} /><//>
      </div>
    </div>
  </main>`
}
