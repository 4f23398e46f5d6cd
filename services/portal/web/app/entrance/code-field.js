import { Button } from '../../components/button.js'
import { Field } from '../../components/field.js'
import { t } from '../../lib/texts.js'
import { html, useState } from '../../lib/ui.js'

/** The code of an authenticator app, or one of those kept for the day on which it is lost. */
export function CodeField({ onType, ...rest }) {
  const [kind, setKind] = useState('app')
  const turn = () => {
    setKind(kind === 'app' ? 'recovery' : 'app')
    onType('')
  }
  const shape = kind === 'app' ? { inputmode: 'numeric', autocomplete: 'one-time-code', maxlength: 8 } : { autocomplete: 'off', maxlength: 40 }
  return html`<div class="code-field">
    <${Field} key=${kind} label=${t(`app.entrance.code_${kind}`)} hint=${t(`app.entrance.code_${kind}_hint`)} name="code" dir="ltr" spellcheck=${false}
      autocapitalize="off" focus onType=${onType} ...${shape} ...${rest} />
    <${Button} kind="plain" onPress=${turn}>${t(kind === 'app' ? 'app.entrance.use_recovery' : 'app.entrance.use_app')}<//>
  </div>`
}
