// One contract: its text, the signature under it, and afterwards the sealed document.
import { Badge } from '../../components/badge.js'
import { Bones } from '../../components/bones.js'
import { ErrorState } from '../../components/error-state.js'
import { NothingHere } from '../../components/nothing-here.js'
import { PageHead } from '../../components/page-head.js'
import { t } from '../../lib/texts.js'
import { html, useState } from '../../lib/ui.js'
import { Download } from '../papers/download.js'
import { contractState, isSignable } from '../papers/states.js'
import { useViewed } from '../papers/use-viewed.js'
import { useTitle } from '../shell/use-title.js'
import { ContractNews } from './contract-news.js'
import { ContractSheet } from './contract-sheet.js'
import { DeclineDialog } from './decline-dialog.js'
import { SignBar } from './sign-bar.js'
import { SignSection } from './sign-section.js'
import { SignatureCard } from './signature-card.js'
import { useContract } from './use-contract.js'

export default function ContractPage({ id, portal }) {
  const reading = useContract(portal, id)
  const { contract, phase } = reading
  useTitle(portal, contract?.title ?? t('portal.contracts.title'))
  if (phase === 'missing') return html`<${NothingHere} />`
  if (phase === 'failed') {
    return html`<main id="main" tabindex="-1"><${ErrorState} onRetry=${reading.load} what=${t('portal.contracts.failed')} /></main>`
  }
  if (!contract) return html`<main id="main" tabindex="-1" aria-busy="true"><${Bones} shape="sheet" count=${1} /></main>`
  return html`<${Contract} ...${{ portal, contract, reading }} />`
}

function Contract({ portal, contract, reading }) {
  const [declining, setDeclining] = useState(false)
  const { state, tone } = contractState(contract)
  const open = isSignable(contract)
  useViewed(portal, open ? `/api/contracts/${contract.id}/view` : '', contract.textSha256)
  return html`<main id="main" tabindex="-1" class="paper-page">
    <${PageHead} back=${{ to: '#/documents', name: t('portal.documents.title') }} title=${contract.title}
      badge=${html`<${Badge} tone=${tone}>${t(`portal.contracts.state.${state}`)}<//>`}
      actions=${html`<${Download} onPress=${reading.pdf} words=${t(contract.signedAt ? 'portal.contracts.sealed_pdf' : 'portal.papers.pdf')} />`} />
    <${ContractNews} ...${{ portal, contract }} moved=${reading.moved} />
    <${ContractSheet} ...${{ portal, contract }} />
    ${contract.signatures.map((signature) => html`<${SignatureCard} key=${signature.sealedFileId} ...${{ signature, contract, portal }} />`)}
    ${open &&
    html`<${SignSection} ...${{ portal, contract }} onSign=${reading.sign} onDecline=${() => setDeclining(true)} />
      <${SignBar} />
      <${DeclineDialog} ...${{ portal, contract }} open=${declining} onSend=${reading.decline} onClose=${() => setDeclining(false)} />`}
  </main>`
}
