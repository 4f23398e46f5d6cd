import { html, useState } from '../lib/ui.js'

/** A button that runs a promise: it cannot be pressed twice, and says that it is working. */
export function Button({ onPress, kind = 'quiet', type = 'button', busy = false, children, ...rest }) {
  const [running, setRunning] = useState(false)
  const working = busy || running
  const press = async (event) => {
    if (!onPress || working) return
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
    aria-disabled=${working}
    onClick=${onPress ? press : undefined}
    ...${rest}
  >
    ${children}
  </button>`
}
