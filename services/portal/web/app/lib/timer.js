// The timer that runs for the member: one, wherever it was started.
import { signal } from '../../lib/signals.js'
import { onTold, tellTabs } from '../../lib/tabs.js'
import { useEffect, useState } from '../../lib/ui.js'
import { get, post, remove } from './api.js'

const TICK_MS = 1000

/** As `GET /api/timer` answers; null while none runs. */
export const timer = signal(null)

export async function findTimer() {
  timer.value = await get('/api/timer').catch(() => timer.value)
}

/** Starts a timer: {projectId, description}. */
export async function startTimer(what, key) {
  timer.value = await post('/api/timer/start', what, key)
  tellTabs({ what: 'timer' })
  return timer.value
}

/** Stops the timer; answers the time entry that has become of it. */
export async function stopTimer(how = {}) {
  const entry = await post('/api/timer/stop', how)
  timer.value = null
  tellTabs({ what: 'timer' })
  return entry
}

export async function discardTimer() {
  await remove('/api/timer')
  timer.value = null
  tellTabs({ what: 'timer' })
}

onTold(({ what }) => what === 'timer' && findTimer())

/** The member's timer, looked for now and whenever the tab is looked at again; null while none runs. */
export function useTimer() {
  const [running, setRunning] = useState(timer.value)
  useEffect(() => timer.subscribe(setRunning), [])
  useEffect(() => {
    findTimer()
    const look = () => document.visibilityState === 'visible' && findTimer()
    document.addEventListener('visibilitychange', look)
    return () => document.removeEventListener('visibilitychange', look)
  }, [])
  return running
}

/** How long a timer has run, `1:02:03`, told anew each second. */
export function useElapsed(startedAt) {
  const [now, setNow] = useState(Date.now())
  useEffect(() => {
    const ticking = setInterval(() => setNow(Date.now()), TICK_MS)
    return () => clearInterval(ticking)
  }, [])
  const seconds = Math.max(0, Math.floor((now - Date.parse(startedAt)) / 1000))
  const two = (value) => String(value).padStart(2, '0')
  return `${Math.floor(seconds / 3600)}:${two(Math.floor(seconds / 60) % 60)}:${two(seconds % 60)}`
}
