import { CheckMail } from './check-mail.js'
import { Entrance } from '../../components/entrance.js'
import { LinkForm } from './link-form.js'
import { handOver } from '../../lib/drafts.js'
import { t } from '../../lib/texts.js'
import { html, useState } from '../../lib/ui.js'

/** The sign-in page of an agency's portal: one field, then "Check your mail". */
export function SignInPage({ welcome, reason }) {
  const [address, setAddress] = useState('')
  const { slug } = welcome.agency
  const sent = (where) => {
    handOver(slug, location.hash)
    setAddress(where)
  }
  if (address) {
    return html`<${Entrance} welcome=${welcome}>
      <${CheckMail} slug=${slug} address=${address} onChange=${() => setAddress('')} />
    <//>`
  }
  return html`<${Entrance} welcome=${welcome}>
    <h1>${t('portal.entrance.sign_in')}</h1>
    ${reason
      ? html`<p class="reason" role="status">${t(`portal.entrance.reasons.${reason}`)}</p>`
      : welcome.welcome_message && html`<p class="welcome" dir="auto">${welcome.welcome_message}</p>`}
    <${LinkForm} slug=${slug} onSent=${sent} />
  <//>`
}
