import { html, useState } from '../lib/ui.js'
import { Icon } from './icon.js'

/** A button that runs a promise: it cannot be pressed twice, and says that it is working. */
export function Button({ onPress, kind = 'quiet', type = 'button', icon, busy = false, disabled = false, children, ...rest }) {
  const [running, setRunning] = useState(false)
  const working = busy || running
  const press = async (event) => {
    if (disabled || working) {
      event.preventDefault()
      return
    }
    if (!onPress) return
    setRunning(true)
    try {
      await onPress(event)
    } finally {
      setRunning(false)
    }
  }
  return html`<button
    type=${type}
    class=${`button button-${kind}`}
    aria-busy=${working}
    aria-disabled=${working || disabled}
    onClick=${press}
    ...${rest}
  >
    ${working && icon ? html`<${Icon} name="loader-circle" turning />` : icon && html`<${Icon} name=${icon} />`}
    ${children}
  </button>`
}
