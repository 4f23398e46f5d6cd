import { Button } from '../../components/button.js'
import { Icon } from '../../components/icon.js'
import { When } from '../../components/when.js'
import { t } from '../../lib/texts.js'
import { html, useEffect, useState } from '../../lib/ui.js'

/** The versions that there were; each can be looked at and downloaded. Nothing while there is only one. */
export function Versions({ file, version, portal, onLook }) {
  const [rows, setRows] = useState([])
  useEffect(() => {
    if (file.version === 1) return
    portal.api.read(`/api/files/${file.id}/versions`).then(setRows, () => {})
  }, [file.version])
  if (rows.length < 2) return null
  return html`<section class="versions" aria-labelledby="versions">
    <h2 id="versions">${t('portal.files.versions')}</h2>
    <ul>
      ${rows.map((one) => html`<li key=${one.version} class="version-row">
        <button type="button" class="version-look" aria-pressed=${one.version === version} onClick=${() => onLook(one.version)}>
          <span>${t('portal.files.version', { version: one.version })}${one.version === file.version && html` <span class="quiet">${t('portal.files.newest')}</span>`}</span>
          <span class="quiet"><bdi>${one.uploadedBy.name}</bdi>, <${When} at=${one.createdAt} relative /></span>
        </button>
        ${one.version !== file.version &&
        html`<${Button} kind="plain" aria-label=${t('portal.files.download_version', { version: one.version })}
          onPress=${() => portal.actions.download(file, one.version)}><${Icon} name="download" /><//>`}
      </li>`)}
    </ul>
  </section>`
}
