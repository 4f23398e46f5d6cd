// A native <dialog> over the page: shown and closed with a property, focus given back to where it was.
import { useEffect, useLayoutEffect, useRef } from './ui.js'

/** The ref for a <dialog> that is on show while `open`. The browser holds focus inside, and Escape asks to close. */
export function useModal(open, onClose) {
  const dialog = useRef(null)
  const close = useRef(onClose)
  close.current = onClose
  useLayoutEffect(() => {
    if (!open) return undefined
    const element = dialog.current
    const before = document.activeElement
    element.showModal()
    document.documentElement.classList.add('behind-modal')
    return () => {
      if (element.open) element.close()
      if (!document.querySelector('dialog[open]')) document.documentElement.classList.remove('behind-modal')
      if (before?.isConnected) before.focus()
    }
  }, [open])
  useEffect(() => {
    const element = dialog.current
    const cancel = (event) => {
      if (event.target !== element) return
      event.preventDefault()
      close.current()
    }
    // The browser may close it in spite of us, at a second Escape.
    const closed = (event) => event.target === element && open && close.current()
    element.addEventListener('cancel', cancel)
    element.addEventListener('close', closed)
    return () => {
      element.removeEventListener('cancel', cancel)
      element.removeEventListener('close', closed)
    }
  }, [open])
  return dialog
}
