import { t } from '../lib/texts.js'
import { dismiss, onToasts } from '../lib/toasts.js'
import { html, render, useEffect, useLayoutEffect, useRef, useState } from '../lib/ui.js'
import { onTopModal } from '../lib/use-modal.js'
import { Button } from './button.js'
import { Icon } from './icon.js'
import { IconButton } from './icon-button.js'

const ICONS = { success: 'circle-check', danger: 'circle-alert', warning: 'triangle-alert', info: 'info' }
const FADES_MS = 6000
// Whoever wants something back has to read, decide and get there.
const UNDO_FADES_MS = 12_000

/** Where toasts appear: once in each face, outside the page, so that they outlive it. */
export function Toasts() {
  const home = useRef(null)
  useLayoutEffect(() => {
    // Beside an open dialog nothing can be pressed, nor is it read out: so they move into it, and have a root of their own.
    const root = document.createElement('div')
    render(html`<${Place} />`, root)
    const end = onTopModal((dialog) => {
      const place = dialog ?? home.current
      place.append(root)
      raise(root.querySelector('.toasts'))
    })
    return () => {
      end()
      render(null, root)
      root.remove()
    }
  }, [])
  return html`<div ref=${home}></div>`
}

function Place() {
  const [toasts, setToasts] = useState([])
  const place = useRef(null)
  const cameFrom = useRef(null)
  useEffect(() => onToasts(setToasts), [])
  useEffect(() => raise(place.current), [toasts])
  const enter = ({ relatedTarget }) => {
    if (!place.current.contains(relatedTarget)) cameFrom.current = relatedTarget
  }
  // The button that was pressed goes with its toast, and the focus would go with it.
  const back = () => place.current.contains(document.activeElement) && cameFrom.current?.focus()
  const newest = toasts.at(-1)
  const urgent = newest?.tone === 'danger'
  // What is said lies in regions that are always there: screen readers miss one that appears together with its text.
  return html`<p class="visually-hidden" role="status">${newest && !urgent ? newest.text : ''}</p>
    <p class="visually-hidden" aria-live="assertive" aria-atomic="true">${urgent ? newest.text : ''}</p>
    <section class="toasts" aria-label=${t('shared.ui.messages')} popover="manual" ref=${place} onFocusIn=${enter}>
      ${toasts.map((one) => html`<${Toast} key=${one.id} ...${one} onLeave=${back} />`)}
    </section>`
}

// Above an open dialog, which would otherwise cover it.
function raise(place) {
  if (place.matches(':popover-open')) place.hidePopover()
  if (place.firstElementChild) place.showPopover()
}

function Toast({ id, tone, text, undo, onLeave }) {
  const [held, setHeld] = useState(false)
  useEffect(() => {
    if (held || (tone !== 'success' && tone !== 'info')) return undefined
    const timer = setTimeout(() => dismiss(id), undo ? UNDO_FADES_MS : FADES_MS)
    return () => clearTimeout(timer)
  }, [held])
  const leave = () => {
    onLeave()
    dismiss(id)
  }
  const takeBack = async () => {
    await undo()
    leave()
  }
  const hold = { onMouseEnter: () => setHeld(true), onMouseLeave: () => setHeld(false), onFocusIn: () => setHeld(true), onFocusOut: () => setHeld(false) }
  return html`<div class=${`toast toast-${tone}`} ...${hold}>
    <${Icon} name=${ICONS[tone] ?? 'info'} />
    <span class="toast-text">${text}</span>
    ${undo && html`<${Button} kind="plain" onPress=${takeBack}>${t('shared.ui.undo')}<//>`}
    <${IconButton} icon="x" label=${t('shared.ui.close_message')} onPress=${leave} />
  </div>`
}
