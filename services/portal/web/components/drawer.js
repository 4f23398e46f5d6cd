import { t } from '../lib/texts.js'
import { html, useId } from '../lib/ui.js'
import { useModal } from '../lib/use-modal.js'
import { DialogFrame } from './dialog.js'
import { IconButton } from './icon-button.js'

/** A panel that slides in from a side (`start` or `end`); a press beside it closes it too. */
export function Drawer({ title, open, onClose, side = 'end', children, actions, onSubmit, form }) {
  const id = useId()
  const dialog = useModal(open, onClose)
  const beside = (event) => event.target === dialog.current && onClose()
  return html`<dialog class=${`drawer drawer-${side}`} ref=${dialog} aria-labelledby=${open ? id : undefined} onClick=${beside}>
    ${open &&
    html`<div class="drawer-inside">
      <div class="dialog-head">
        <h2 id=${id}>${title}</h2>
        <${IconButton} icon="x" label=${t('shared.ui.close')} onPress=${onClose} />
      </div>
      <${DialogFrame} ...${{ actions, onSubmit, form }}>${children}<//>
    </div>`}
  </dialog>`
}
