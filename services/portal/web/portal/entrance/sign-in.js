import { CheckMail } from './check-mail.js'
import { Entrance } from '../../components/entrance.js'
import { LinkForm } from './link-form.js'
import { handOver } from '../../lib/drafts.js'
import { html, useState } from '../../lib/ui.js'

const REASONS = {
  'signed-out': 'You are signed out.',
  ended: 'Your session has ended. Sign in again and you are back where you were.',
  'link-ended': 'This link is not valid any longer. Ask for a new one.',
  'code-ended': 'That way in has ended. Go back to where you came from and try again, or ask for a link.',
}

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
    <h1>Sign in</h1>
    ${reason
      ? html`<p class="reason" role="status">${REASONS[reason]}</p>`
      : html`<p class="welcome">${welcome.welcome_message}</p>`}
    <${LinkForm} slug=${slug} onSent=${sent} />
  <//>`
}
