import { t } from '../lib/texts.js'
import { html, useId } from '../lib/ui.js'
import { useModal } from '../lib/use-modal.js'
import { IconButton } from './icon-button.js'

/** A window over the page, for one thing. Escape and the cross ask to close it; `actions` are its buttons. */
export function Dialog({ title, open, onClose, children, actions, size = 'medium' }) {
  const id = useId()
  const dialog = useModal(open, onClose)
  return html`<dialog class=${`dialog dialog-${size}`} ref=${dialog} aria-labelledby=${open ? id : undefined}>
    ${open &&
    html`<div class="dialog-head">
        <h2 id=${id}>${title}</h2>
        <${IconButton} icon="x" label=${t('shared.ui.close')} onPress=${onClose} />
      </div>
      <div class="dialog-body">${children}</div>
      ${actions && html`<div class="dialog-actions">${actions}</div>`}`}
  </dialog>`
}
