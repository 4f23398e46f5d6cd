import { Badge } from '../../components/badge.js'
import { Card } from '../../components/card.js'
import { DefinitionList } from '../../components/definition-list.js'
import { LinkButton } from '../../components/link-button.js'
import { When } from '../../components/when.js'
import { t } from '../../lib/texts.js'
import { html } from '../../lib/ui.js'
import { useOne } from '../lib/use-one.js'

/** The record of a signature, and whether the agency's trail of signatures is unbroken. */
export function Signature({ file }) {
  const { value } = useOne(`/api/files/${file.id}/signature`)
  const { name, email, signedAt, sealedFileId, kind } = file.signature
  const record = value?.signature
  const items = [
    { term: t('app.files.signed_by'), value: html`<bdi>${name}</bdi>` },
    { term: t('app.files.email'), value: email },
    { term: t('app.files.signed_at'), value: html`<${When} at=${signedAt} />` },
    { term: t('app.files.signed_how'), value: t(`app.files.signature_kind.${kind}`) },
    { term: t('app.files.signed_version'), value: record?.version },
    { term: t('app.files.signed_from'), value: record?.ip },
    { term: t('app.files.consent'), value: record?.consent },
    { term: t('app.files.sha'), value: record && html`<code class="sha">${record.sha256}</code>` },
  ]
  return html`<${Card} title=${t('app.files.signature')}>
    <${DefinitionList} items=${items} />
    ${value && html`<p class="trail">
      <${Badge} tone=${value.trail.intact ? 'success' : 'danger'}>${t(value.trail.intact ? 'app.files.intact' : 'app.files.broken')}<//>
      <span class="quiet">${t(value.trail.intact ? 'app.files.intact_text' : 'app.files.broken_text', { count: value.trail.entries })}</span>
    </p>`}
    ${record?.without && html`<p class="quiet">${record.without}</p>`}
    <div class="actions"><${LinkButton} icon="download" href=${`/api/files/${sealedFileId}/content`} download>${t('app.files.sealed')}<//></div>
  <//>`
}
