import { t } from '../lib/texts.js'
import { html, useId } from '../lib/ui.js'
import { useModal } from '../lib/use-modal.js'
import { IconButton } from './icon-button.js'

/**
 * A window over the page, for one thing. Escape and the cross ask to close it; `actions` are its buttons. With `onSubmit`
 * it is a form (`form` its ref), and one of the buttons has the type `submit`.
 */
export function Dialog({ title, open, onClose, children, actions, size = 'medium', onSubmit, form }) {
  const id = useId()
  const dialog = useModal(open, onClose)
  return html`<dialog class=${`dialog dialog-${size}`} ref=${dialog} aria-labelledby=${open ? id : undefined}>
    ${open &&
    html`<div class="dialog-head">
        <h2 id=${id}>${title}</h2>
        <${IconButton} icon="x" label=${t('shared.ui.close')} onPress=${onClose} />
      </div>
      <${DialogFrame} ...${{ actions, onSubmit, form }}>${children}<//>`}
  </dialog>`
}

/** What lies under a window's head: what it is about, which scrolls, and its buttons, which do not. */
export function DialogFrame({ children, actions, onSubmit, form }) {
  const inside = html`<div class="dialog-body">${children}</div>
    ${actions && html`<div class="dialog-actions">${actions}</div>`}`
  return onSubmit
    ? html`<form class="dialog-frame" ref=${form} onSubmit=${onSubmit} noValidate>${inside}</form>`
    : html`<div class="dialog-frame">${inside}</div>`
}
