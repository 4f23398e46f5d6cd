import { useEffect, useState } from '../../lib/ui.js'
import { findTimer, timer } from '../lib/timer.js'

const TICK_MS = 1000

/** The member's timer; null while none runs. */
export function useTimer() {
  const [running, setRunning] = useState(timer.value)
  useEffect(() => timer.subscribe(setRunning), [])
  useEffect(() => {
    findTimer()
  }, [])
  return running
}

/** The time it is, told anew each second. */
export function useNow() {
  const [now, setNow] = useState(Date.now())
  useEffect(() => {
    const ticking = setInterval(() => setNow(Date.now()), TICK_MS)
    return () => clearInterval(ticking)
  }, [])
  return now
}
