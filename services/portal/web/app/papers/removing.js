// Papers that are being deleted: out of sight in every list at once, and back where that is undone.
import { useEffect, useRef } from '../../lib/ui.js'
import { isLeaving, removeLater } from '../lib/remove-later.js'

const gone = new Set()
const listeners = new Set()

/** Whether what is under an API path is deleted, or about to be: a list that was fetched before still has it. */
export const isRemoved = (path) => gone.has(path) || isLeaving(path)

export function removePaper(path, text) {
  const tell = () => listeners.forEach((listener) => listener())
  const onGone = () => {
    gone.add(path)
    tell()
  }
  removeLater({ paths: [path], text, onBack: tell, onGone })
  tell()
}

/** Calls `onChange` when a paper goes or comes back, wherever that was asked for. */
export function useRemovals(onChange) {
  const latest = useRef(onChange)
  latest.current = onChange
  useEffect(() => {
    const hear = () => latest.current()
    listeners.add(hear)
    return () => listeners.delete(hear)
  }, [])
}
