import { Button } from '../../components/button.js'
import { Entrance } from '../../components/entrance.js'
import { byHand } from '../../lib/person.js'
import { t } from '../../lib/texts.js'
import { html, useState } from '../../lib/ui.js'
import { explain } from '../../lib/words.js'

/**
 * Where a mailed link leads: one button, and nothing happens before it is pressed, because mail scanners open links
 * too. A press by script has to be repeated, which scanners do not do and people with such aids can.
 */
export function MagicLinkPage({ welcome, onOpen }) {
  const [complaint, setComplaint] = useState('')
  const [warned, setWarned] = useState(false)
  const open = async (event) => {
    if (!byHand(event) && !warned) {
      setWarned(true)
      setComplaint(t('portal.entrance.once_more'))
      return
    }
    setComplaint('')
    const refusal = await onOpen()
    if (refusal) setComplaint(explain(refusal))
  }
  return html`<${Entrance} welcome=${welcome}>
    <h1>${t('portal.entrance.welcome_back')}</h1>
    <p>${t('portal.entrance.one_press')}</p>
    <${Button} kind="primary" onPress=${open}>${t('portal.entrance.sign_in')}<//>
    <p class="complaint" role="alert">${complaint}</p>
  <//>`
}
