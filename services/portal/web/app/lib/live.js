// What happens in the agency while the dashboard is open: one stream, which pages listen in to.
import { listen } from '../../lib/live.js'
import { useEffect, useRef } from '../../lib/ui.js'
import { phase, sessionEnded } from './session.js'

const listeners = new Set()
let end = null

/** Calls `onEvent(event)` for each event whose type is in `types` (`message.created`) or begins with one (`invoice.`). */
export function useLive(types, onEvent) {
  const latest = useRef(onEvent)
  latest.current = onEvent
  useEffect(() => {
    const hear = (event) => types.some((type) => event.type === type || (type.endsWith('.') && event.type.startsWith(type))) && latest.current(event)
    listeners.add(hear)
    start()
    return () => listeners.delete(hear)
  }, [types.join()])
}

function start() {
  end ??= listen('/api/events', { cookies: true, onEvent: tell, onRefused: stop })
}

function tell(event) {
  for (const hear of listeners) hear(event)
}

function stop() {
  end = null
  sessionEnded()
}

// Whoever signs in again hears on.
phase.subscribe((now) => now === 'in' && listeners.size > 0 && start())
