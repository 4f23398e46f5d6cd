import { ActionBar } from '../../components/action-bar.js'
import { Button } from '../../components/button.js'
import { t } from '../../lib/texts.js'
import { html, useEffect, useState } from '../../lib/ui.js'

/** The way down to the signature, for as long as that is out of sight. */
export function SignBar() {
  const [near, setNear] = useState(false)
  useEffect(() => {
    const watcher = new IntersectionObserver(([entry]) => setNear(entry.isIntersecting), { threshold: 0.2 })
    watcher.observe(document.getElementById('sign'))
    return () => watcher.disconnect()
  }, [])
  if (near) return null
  const go = () => {
    const place = document.getElementById('sign')
    place.scrollIntoView({ block: 'start' })
    place.querySelector('input')?.focus({ preventScroll: true })
  }
  return html`<${ActionBar} label=${t('portal.contracts.sign_head')}>
    <p class="bar-total bar-words quiet">${t('portal.contracts.not_signed')}</p>
    <${Button} kind="primary" icon="signature" onPress=${go}>${t('portal.contracts.to_signature')}<//>
  <//>`
}
