import { FieldFrame, described } from '../../components/field-frame.js'
import { Icon } from '../../components/icon.js'
import { IconButton } from '../../components/icon-button.js'
import { size } from '../../lib/format.js'
import { t } from '../../lib/texts.js'
import { html, useEffect, useId, useRef } from '../../lib/ui.js'

/** One file to choose or to drop; without `file` nothing is chosen, also after the form was sent. */
export function FileField({ label, hint = '', complaint = '', optional = false, file, onChoose }) {
  const id = useId()
  const input = useRef(null)
  useEffect(() => {
    if (!file && input.current) input.current.value = ''
  }, [file])
  const limit = t('portal.intake.file_limit')
  return html`<${FieldFrame} ...${{ id, label, complaint, optional }} hint=${hint ? `${hint} ${limit}` : limit}>
    <div class="drop-zone intake-file">
      <input ref=${input} type="file" class="drop-input" onChange=${(event) => onChoose(event.target.files[0] ?? null)} ...${described(id, complaint)} />
      <${Icon} name=${file ? 'file' : 'upload'} />
      ${file
        ? html`<span class="intake-chosen"><bdi>${file.name}</bdi> <span class="quiet">${size(file.size)}</span></span>`
        : html`<span>${t('portal.intake.drop')}</span>`}
    </div>
    ${file && html`<${IconButton} icon="x" label=${t('portal.intake.remove_file')} onPress=${() => onChoose(null)} />`}
  <//>`
}
