import { Badge } from '../../components/badge.js'
import { Button } from '../../components/button.js'
import { Card } from '../../components/card.js'
import { When } from '../../components/when.js'
import { size } from '../../lib/format.js'
import { t } from '../../lib/texts.js'
import { html } from '../../lib/ui.js'
import { useOne } from '../lib/use-one.js'

/** All versions of a file, the newest first; one of them is on show. */
export function Versions({ file, shown, onShow }) {
  const { value } = useOne(`/api/files/${file.id}/versions`, { of: file.version })
  if (!value) return null
  return html`<${Card} title=${t('app.files.versions')}>
    <ol class="versions">
      ${value.map((one) => html`<li key=${one.version} class=${one.version === shown ? 'version version-shown' : 'version'}>
        <div class="version-words">
          <strong>${t('app.files.version_number', { version: one.version })}</strong>
          ${one.approval && html`<${Badge}
            tone=${one.approval.comment ? 'warning' : 'success'}>${t(`app.files.status.${one.approval.comment ? 'changes_requested' : 'approved'}`)}<//>`}
          <p class="quiet"><bdi>${one.uploadedBy.name}</bdi> · <${When} at=${one.createdAt} relative /> · ${size(one.size)}</p>
        </div>
        ${value.length > 1 && one.version === shown
          ? html`<span class="quiet">${t('app.files.on_show')}</span>`
          : value.length > 1 && html`<${Button} kind="plain" aria-label=${t('app.files.show_version', { version: one.version })}
            onPress=${() => onShow(one.version)}>${t('app.files.show_this')}<//>`}
      </li>`)}
    </ol>
  <//>`
}
