// The timer that runs for the member: one, wherever it was started.
import { signal } from '../../lib/signals.js'
import { onTold, tellTabs } from '../../lib/tabs.js'
import { get, post, remove } from './api.js'

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
