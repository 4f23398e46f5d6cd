// Waits for a pause in typing.
import { useEffect, useRef } from './ui.js'

const PAUSE_MS = 200

/** A function that calls `action` with what it was last called with, once there was a pause of `pause` milliseconds. */
export function useWait(action, pause = PAUSE_MS) {
  const timer = useRef(0)
  const latest = useRef(action)
  latest.current = action
  useEffect(() => () => clearTimeout(timer.current), [])
  return (...values) => {
    clearTimeout(timer.current)
    timer.current = setTimeout(() => latest.current(...values), pause)
  }
}
