// One's own password, second factor, and where one is signed in.
import { html } from '../../lib/ui.js'
import { PasswordCard } from './password-card.js'
import { SecondFactor } from './second-factor.js'
import { SessionsCard } from './sessions-card.js'

export default function Security() {
  return html`<${PasswordCard} /><${SecondFactor} /><${SessionsCard} />`
}
