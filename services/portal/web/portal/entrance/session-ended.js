import { handOver } from '../../lib/drafts.js'
import { t } from '../../lib/texts.js'
import { html, useEffect, useRef, useState } from '../../lib/ui.js'
import { CheckMail } from './check-mail.js'
import { LinkForm } from './link-form.js'

/**
 * Stands above an open portal whose session has ended; everything under it stays as it was. Whoever presses something
 * that needs a session is led here, each time it is `noticed`; nobody is taken away from what they write.
 */
export function SessionEnded({ agency, client, noticed }) {
  const [address, setAddress] = useState('')
  const head = useRef(null)
  useEffect(() => {
    if (!document.activeElement?.matches('textarea, input')) head.current?.focus()
  }, [noticed])
  const sent = (where) => {
    handOver(agency.slug, location.hash)
    setAddress(where)
  }
  return html`<section class="session-ended" aria-labelledby="session-ended">
    <h2 id="session-ended" tabindex="-1" ref=${head}>${t('portal.entrance.ended')}</h2>
    <p role="alert">${t('portal.entrance.ended_here')}</p>
    ${address
      ? html`<${CheckMail} slug=${agency.slug} address=${address} heading="h3" onChange=${() => setAddress('')} />`
      : html`<${LinkForm} slug=${agency.slug} email=${client.email ?? ''} focus=${false} onSent=${sent} />`}
  </section>`
}
