import { t } from '../lib/texts.js'
import { dismiss, onToasts } from '../lib/toasts.js'
import { html, useEffect, useRef, useState } from '../lib/ui.js'
import { Button } from './button.js'
import { Icon } from './icon.js'
import { IconButton } from './icon-button.js'

const ICONS = { success: 'circle-check', danger: 'circle-alert', warning: 'triangle-alert', info: 'info' }
const FADES_MS = 6000
// Whoever wants something back has to read, decide and get there.
const UNDO_FADES_MS = 12_000

/** Where toasts appear: once in each face, outside the page, so that they outlive it. */
export function Toasts() {
  const [toasts, setToasts] = useState([])
  const place = useRef(null)
  useEffect(() => onToasts(setToasts), [])
  // Above an open dialog, which would otherwise cover it.
  useEffect(() => {
    if (place.current.matches(':popover-open')) place.current.hidePopover()
    if (toasts.length > 0) place.current.showPopover()
  }, [toasts])
  const newest = toasts.at(-1)
  const urgent = newest?.tone === 'danger'
  // What is said lies in regions that are always there: screen readers miss one that appears together with its text.
  return html`<p class="visually-hidden" role="status">${newest && !urgent ? newest.text : ''}</p>
    <p class="visually-hidden" role="alert">${urgent ? newest.text : ''}</p>
    <section class="toasts" aria-label=${t('shared.ui.messages')} popover="manual" ref=${place}>
      ${toasts.map((one) => html`<${Toast} key=${one.id} ...${one} />`)}
    </section>`
}

function Toast({ id, tone, text, undo }) {
  const [held, setHeld] = useState(false)
  useEffect(() => {
    if (held || (tone !== 'success' && tone !== 'info')) return undefined
    const timer = setTimeout(() => dismiss(id), undo ? UNDO_FADES_MS : FADES_MS)
    return () => clearTimeout(timer)
  }, [held])
  const takeBack = async () => {
    await undo()
    dismiss(id)
  }
  const hold = { onMouseEnter: () => setHeld(true), onMouseLeave: () => setHeld(false), onFocusIn: () => setHeld(true), onFocusOut: () => setHeld(false) }
  return html`<div class=${`toast toast-${tone}`} ...${hold}>
    <${Icon} name=${ICONS[tone] ?? 'info'} />
    <span class="toast-text">${text}</span>
    ${undo && html`<${Button} kind="plain" onPress=${takeBack}>${t('shared.ui.undo')}<//>`}
    <${IconButton} icon="x" label=${t('shared.ui.close_message')} onPress=${() => dismiss(id)} />
  </div>`
}
