import { html, useState } from '../lib/ui.js'
import { Icon } from './icon.js'

/** A button that is only an icon; `label` is its name. */
export function IconButton({ icon, label, onPress, disabled = false, ...rest }) {
  const [running, setRunning] = useState(false)
  const press = async (event) => {
    if (disabled || running) return
    setRunning(true)
    try {
      await onPress?.(event)
    } finally {
      setRunning(false)
    }
  }
  return html`<button type="button" class="icon-button" aria-label=${label} title=${label} aria-busy=${running}
    aria-disabled=${disabled || undefined} onClick=${press} ...${rest}>
    <${Icon} name=${icon} />
  </button>`
}
