import { t } from '../../lib/texts.js'
import { html, useEffect, useState } from '../../lib/ui.js'
import { get } from '../lib/api.js'
import { FileChip } from './file-chip.js'

const known = new Map()

/** A file that was sent along, by its id: messages do not say what their files are called. */
export function Attached({ id }) {
  const [file, setFile] = useState(null)
  useEffect(() => {
    let here = true
    fetched(id).then(
      (found) => here && setFile(found),
      () => here && setFile({ gone: true }),
    )
    return () => {
      here = false
    }
  }, [id])
  if (!file) return html`<${FileChip} file=${{ name: t('shared.ui.loading') }} />`
  if (file.gone) return html`<${FileChip} file=${{ name: t('app.conversation.file_gone') }} />`
  return html`<${FileChip} file=${file} to=${`/app/files/${id}`} />`
}

function fetched(id) {
  if (!known.has(id)) {
    const asking = get(`/api/files/${id}`)
    known.set(id, asking)
    asking.catch(() => known.delete(id))
  }
  return known.get(id)
}
