// What tabs of one browser tell each other: that somebody signed in or out. Never a credential.
const NAME = 'portico'

export function tellTabs(news) {
  if (!('BroadcastChannel' in globalThis)) return
  const channel = new BroadcastChannel(NAME)
  channel.postMessage(news)
  channel.close()
}

/** Calls `listener` with what other tabs tell; returns what ends that. */
export function onTold(listener) {
  if (!('BroadcastChannel' in globalThis)) return () => {}
  const channel = new BroadcastChannel(NAME)
  channel.onmessage = ({ data }) => listener(data)
  return () => channel.close()
}
