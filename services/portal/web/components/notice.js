import { html } from '../lib/ui.js'

/** The live region that says what an action came to. */
export function Notice({ notice, onClose }) {
  return html`<div class="notice-place" role="status" aria-live="polite">
    ${notice &&
    html`<div class=${`notice notice-${notice.tone}`}>
      <span>${notice.text}</span>
      <button type="button" class="notice-close" onClick=${onClose} aria-label="Close this message">×</button>
    </div>`}
  </div>`
}
