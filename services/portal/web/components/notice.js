import { t } from '../lib/texts.js'
import { html } from '../lib/ui.js'
import { Icon } from './icon.js'
import { IconButton } from './icon-button.js'

const ICONS = { success: 'circle-check', danger: 'circle-alert', warning: 'triangle-alert', info: 'info', neutral: 'info' }

/** The live region that says what an action came to. */
export function Notice({ notice, onClose }) {
  return html`<div class="notice-place" role="status" aria-live="polite">
    ${notice && html`<${NoticeBox} tone=${notice.tone} onClose=${onClose}>${notice.text}<//>`}
  </div>`
}

/** Something to know on this page, where it belongs; `actions` stand behind the words. */
export function NoticeBox({ tone = 'info', title, children, actions, onClose }) {
  return html`<div class=${`notice notice-${tone}`}>
    <${Icon} name=${ICONS[tone] ?? 'info'} />
    <div class="notice-text">${title && html`<strong>${title}</strong>`}<span>${children}</span></div>
    ${actions}
    ${onClose && html`<${IconButton} icon="x" label=${t('shared.ui.close_message')} onPress=${onClose} />`}
  </div>`
}
