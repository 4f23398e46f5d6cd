import { html, useId } from '../lib/ui.js'

/** Something that is on or off, and takes effect at once. */
export function Switch({ label, hint = '', on, value = on, onType, onSwitch = onType, disabled = false, ...rest }) {
  const id = useId()
  return html`<div class="switch-row" onClick=${() => disabled || onSwitch(!value)}>
    <span>
      <span class="switch-label">${label}</span>
      <span class="quiet" id=${`${id}-hint`}>${hint}</span>
    </span>
    <button type="button" class="switch" role="switch" aria-checked=${Boolean(value)} aria-label=${label}
      aria-describedby=${`${id}-hint`} aria-disabled=${disabled || undefined} ...${rest}>
      <span class="switch-track"></span>
    </button>
  </div>`
}
