// Contracts and signed files: what is to be signed first, then the rest.
import { EmptyState } from '../../components/empty-state.js'
import { PageHead } from '../../components/page-head.js'
import { dayOf } from '../../lib/format.js'
import { t } from '../../lib/texts.js'
import { html } from '../../lib/ui.js'
import { List } from '../papers/list.js'
import { contractRow, parted } from '../papers/rows.js'
import { MissingSection } from '../shell/missing-section.js'
import { useTitle } from '../shell/use-title.js'

export default function DocumentsPage({ portal }) {
  const { snapshot } = portal
  useTitle(portal, t('portal.documents.title'))
  const on = (module) => snapshot.settings.enabled_modules.includes(module)
  const missing = [on('contracts') && 'contracts', on('files') && 'files'].filter((name) => snapshot.unavailable.includes(name))
  const { open, rest } = parted([
    ...(on('contracts') ? snapshot.contracts.map(contractRow) : []),
    ...(on('files') ? snapshot.files.filter(({ signature }) => signature).map(fileRow) : []),
  ])
  return html`<main id="main" tabindex="-1">
    <${PageHead} title=${t('portal.documents.title')} />
    ${missing.map((section) => html`<${MissingSection} key=${section} section=${section} onRetry=${portal.load} />`)}
    ${open.length > 0 && html`<${List} title=${t('portal.documents.open')} rows=${open} />`}
    ${rest.length > 0 && html`<${List} title=${open.length > 0 ? t('portal.documents.rest') : ''} rows=${rest} />`}
    ${open.length + rest.length + missing.length === 0 &&
    html`<${EmptyState} icon="file-signature" title=${t('portal.documents.none')} text=${t('portal.documents.none_text')} />`}
  </main>`
}

function fileRow(file) {
  const { name, signedAt } = file.signature
  return {
    id: file.id,
    to: `#/files/${file.id}`,
    icon: 'file-check',
    what: file.name,
    about: t('portal.documents.signed_by', { name: html`<bdi>${name}</bdi>`, date: dayOf(signedAt) }),
    badge: t('portal.contracts.state.signed'),
    tone: 'success',
    isOpen: false,
    at: signedAt,
  }
}
