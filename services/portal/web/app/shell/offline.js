import { Icon } from '../../components/icon.js'
import { LOCALE } from '../../lib/locale.js'
import { t } from '../../lib/texts.js'
import { html, useEffect, useState } from '../../lib/ui.js'

const TIME = new Intl.DateTimeFormat(LOCALE, { timeStyle: 'short' })

/** Says that the browser has no connection, and of when what is on show is. */
export function Offline() {
  const [since, setSince] = useState(navigator.onLine ? null : new Date())
  useEffect(() => {
    const lost = () => setSince(new Date())
    const found = () => setSince(null)
    addEventListener('offline', lost)
    addEventListener('online', found)
    return () => {
      removeEventListener('offline', lost)
      removeEventListener('online', found)
    }
  }, [])
  return html`<div class="offline" role="status">
    ${since && html`<p><${Icon} name="wifi-off" />${t('app.shell.offline', { time: TIME.format(since) })}</p>`}
  </div>`
}
