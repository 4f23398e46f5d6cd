import { Icon } from '../../components/icon.js'
import { Link } from '../../components/link.js'
import { t } from '../../lib/texts.js'
import { html } from '../../lib/ui.js'

/** The files that came with a message, each leading to its page; one that is gone is named as such. */
export function Attachments({ ids, portal }) {
  if (ids.length === 0) return null
  const files = new Map(portal.snapshot.files.map((file) => [file.id, file]))
  return html`<ul class="attachments">
    ${ids.map((id) => {
      const file = files.get(id)
      return html`<li key=${id}>
        ${file
          ? html`<${Link} to=${`#/files/${id}`} class="attachment"><${Icon} name="paperclip" /><span dir="auto">${file.name}</span><//>`
          : html`<span class="attachment"><${Icon} name="paperclip" />${t('portal.messages.file_gone')}</span>`}
      </li>`
    })}
  </ul>`
}
