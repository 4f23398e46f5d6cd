// What happens while a page is open: server-sent events, read through fetch because they need the page's credential.
import { ask } from './api.js'

const FIRST_PAUSE_MS = 1_000
const LONGEST_PAUSE_MS = 30_000

/**
 * Hears the events under `path` while the tab is on show, and catches up on what it missed when it comes back.
 *
 * `headers()` gives the credential, or `cookies` is true; `onEvent({id, type, time, data})` gets each event, and
 * `onRefused(refusal)` hears of a credential that has ended. Returns what ends it.
 */
export function listen(path, { headers = () => ({}), cookies = false, onEvent, onRefused = () => {} }) {
  let heard = null
  let pause = FIRST_PAUSE_MS
  let running = null

  const run = async (ending) => {
    while (!ending.signal.aborted) {
      try {
        const since = heard ? { 'Last-Event-ID': heard } : {}
        const options = { headers: { ...headers(), ...since }, cookies, deadline: null, signal: ending.signal }
        const response = await ask('GET', path, options)
        pause = FIRST_PAUSE_MS
        for await (const { id, event } of framesOf(response.body)) {
          // The first frame has an id and no event: from there on nothing is missed.
          heard = id ?? heard
          if (event) onEvent(event)
        }
      } catch (refusal) {
        if (ending.signal.aborted) return
        if (refusal.status === 401) return onRefused(refusal)
      }
      await rest(pause, ending.signal)
      pause = Math.min(pause * 2, LONGEST_PAUSE_MS)
    }
  }
  const look = () => {
    if (document.visibilityState === 'visible' && !running) {
      running = new AbortController()
      run(running)
    } else if (document.visibilityState === 'hidden') {
      running?.abort()
      running = null
    }
  }
  document.addEventListener('visibilitychange', look)
  look()
  return () => {
    document.removeEventListener('visibilitychange', look)
    running?.abort()
  }
}

async function* framesOf(body) {
  const reader = body.pipeThrough(new TextDecoderStream()).getReader()
  let waiting = ''
  while (true) {
    const { value, done } = await reader.read()
    if (done) return
    const frames = (waiting + value).split('\n\n')
    waiting = frames.pop()
    for (const frame of frames) {
      const data = fieldOf(frame, 'data')
      yield { id: fieldOf(frame, 'id'), event: data && JSON.parse(data) }
    }
  }
}

function fieldOf(frame, name) {
  const line = frame.split('\n').find((one) => one.startsWith(`${name}:`))
  return line?.slice(name.length + 1).trim()
}

function rest(pause, signal) {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, pause)
    signal.addEventListener('abort', () => {
      clearTimeout(timer)
      resolve()
    })
  })
}
