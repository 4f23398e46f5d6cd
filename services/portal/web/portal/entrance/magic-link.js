import { Button } from '../../components/button.js'
import { Entrance } from '../../components/entrance.js'
import { byHand } from '../../lib/person.js'
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
      setComplaint('Press the button once more to sign in.')
      return
    }
    setComplaint('')
    const refusal = await onOpen()
    if (refusal) setComplaint(explain(refusal))
  }
  return html`<${Entrance} welcome=${welcome}>
    <h1>Welcome back</h1>
    <p>One press and you are in your portal.</p>
    <${Button} kind="primary" onPress=${open}>Sign in<//>
    <p class="complaint" role="alert">${complaint}</p>
  <//>`
}
