// What tabs of one browser tell each other: that somebody signed in or out. Never a credential.
//
// One channel for the whole page, for what is said through one is heard through all others, in the same tab too.
const channel = 'BroadcastChannel' in globalThis ? new BroadcastChannel('portico') : null

export function tellTabs(news) {
  channel?.postMessage(news)
}

/** Calls `listener` with what other tabs tell; returns what ends that. */
export function onTold(listener) {
  const hear = ({ data }) => listener(data)
  channel?.addEventListener('message', hear)
  return () => channel?.removeEventListener('message', hear)
}
