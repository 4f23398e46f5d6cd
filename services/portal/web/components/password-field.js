import { html, useState } from '../lib/ui.js'
import { Button } from './button.js'
import { Field } from './field.js'

/** A new password, which can be shown instead of typed twice. */
export function PasswordField({ label, value, onType, complaint, focus }) {
  const [shown, setShown] = useState(false)
  return html`<${Field} label=${label} value=${value} onType=${onType} complaint=${complaint} focus=${focus}
    type=${shown ? 'text' : 'password'} autocomplete="new-password" autocapitalize="off" spellcheck=${false}
    hint="At least 8 characters; a sentence is good.">
    <${Button} aria-pressed=${shown} aria-label="Show the password" onPress=${() => setShown(!shown)}>
      ${shown ? 'Hide' : 'Show'}
    <//>
  <//>`
}

/** What is wrong with a password before anybody is asked; the server knows the guessable ones. */
export function passwordComplaint(password) {
  const length = [...password].length
  if (length < 8) return 'Take at least 8 characters.'
  return length > 128 ? 'Take 128 characters at the most.' : ''
}
