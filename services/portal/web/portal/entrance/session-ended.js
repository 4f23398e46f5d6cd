import { handOver } from '../../lib/drafts.js'
import { t } from '../../lib/texts.js'
import { html, useEffect, useRef, useState } from '../../lib/ui.js'
import { CheckMail } from './check-mail.js'
import { LinkForm } from './link-form.js'

/** Stands above an open portal whose session has ended; everything under it stays as it was. */
export function SessionEnded({ agency, client }) {
  const [address, setAddress] = useState('')
  const head = useRef(null)
  useEffect(() => head.current?.focus(), [])
  const sent = (where) => {
    handOver(agency.slug, location.hash)
    setAddress(where)
  }
  return html`<section class="session-ended" aria-labelledby="session-ended">
    <h2 id="session-ended" tabindex="-1" ref=${head}>${t('portal.entrance.ended')}</h2>
    <p>${t('portal.entrance.ended_here')}</p>
    ${address
      ? html`<${CheckMail} slug=${agency.slug} address=${address} heading="h3" onChange=${() => setAddress('')} />`
      : html`<${LinkForm} slug=${agency.slug} email=${client.email ?? ''} onSent=${sent} />`}
  </section>`
}
