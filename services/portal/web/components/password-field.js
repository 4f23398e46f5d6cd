import { t } from '../lib/texts.js'
import { html, useState } from '../lib/ui.js'
import { Field } from './field.js'
import { IconButton } from './icon-button.js'

/** A password, which can be shown instead of typed twice: a new one, or with `known` the one that somebody has. */
export function PasswordField({ label, value, onType, complaint, focus, known = false, ...rest }) {
  const [shown, setShown] = useState(false)
  return html`<${Field} label=${label} value=${value} onType=${onType} complaint=${complaint} focus=${focus} kind="password"
    type=${shown ? 'text' : 'password'} autocomplete=${known ? 'current-password' : 'new-password'} autocapitalize="off"
    spellcheck=${false} hint=${known ? '' : t('shared.ui.password_hint')} ...${rest}>
    <span class="field-inside">
      <${IconButton} icon=${shown ? 'eye-off' : 'eye'} label=${t('shared.ui.show_password')} aria-pressed=${shown}
        onPress=${() => setShown(!shown)} />
    </span>
  <//>`
}

/** What is wrong with a password before anybody is asked; the server knows the guessable ones. */
export function passwordComplaint(password) {
  const length = [...password].length
  if (length < 8) return t('shared.ui.password_short')
  return length > 128 ? t('shared.ui.password_long') : ''
}
