// A native <dialog> over the page: shown and closed with a property, focus given back to where it was.
import { useEffect, useLayoutEffect, useRef } from './ui.js'

// Where the focus starts: in the first field, else on the first button, never on the cross.
const FIRST = '.dialog-body :is(input, select, textarea):not([disabled]), .dialog-actions .button'

const shown = []
const listeners = new Set()

/** Calls `listener` with the uppermost open <dialog>, or null, now and whenever it is another; answers what ends that. */
export function onTopModal(listener) {
  listeners.add(listener)
  listener(shown.at(-1) ?? null)
  return () => listeners.delete(listener)
}

function tell() {
  for (const listener of listeners) listener(shown.at(-1) ?? null)
}

/** The ref for a <dialog> that is on show while `open`. The browser holds focus inside, and Escape asks to close. */
export function useModal(open, onClose) {
  const dialog = useRef(null)
  const close = useRef(onClose)
  close.current = onClose
  const byUs = useRef(false)
  useLayoutEffect(() => {
    if (!open) return undefined
    const element = dialog.current
    byUs.current = false
    element.showModal()
    shown.push(element)
    tell()
    element.querySelector(FIRST)?.focus()
    document.documentElement.classList.add('behind-modal')
    return () => {
      byUs.current = true
      shown.splice(shown.indexOf(element), 1)
      tell()
      if (element.open) element.close() // which gives the focus back
      if (!document.querySelector('dialog[open]')) document.documentElement.classList.remove('behind-modal')
    }
  }, [open])
  useEffect(() => {
    const element = dialog.current
    const cancel = (event) => {
      if (event.target !== element) return
      event.preventDefault()
      close.current()
    }
    // The browser may close it in spite of us, at a second Escape. It tells of that later, when we may have shown it anew.
    const closed = (event) => event.target === element && open && !byUs.current && !element.open && close.current()
    element.addEventListener('cancel', cancel)
    element.addEventListener('close', closed)
    return () => {
      element.removeEventListener('cancel', cancel)
      element.removeEventListener('close', closed)
    }
  }, [open])
  return dialog
}
