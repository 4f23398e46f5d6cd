// Where a member who has forgotten their password chooses another.
import { Button } from '../../components/button.js'
import { Entrance } from '../../components/entrance.js'
import { MessagePage } from '../../components/message-page.js'
import { PasswordField, passwordComplaint } from '../../components/password-field.js'
import { mailedToken } from '../../lib/mailed-token.js'
import { keepInEntry } from '../../lib/place.js'
import { resetPassword } from './requests.js'
import { html, useState } from '../../lib/ui.js'
import { useComplaints } from '../../lib/use-complaints.js'
import { aboutField, explain } from '../../lib/words.js'

export default function ResetPasswordPage() {
  const [token] = useState(mailedToken)
  const [phase, setPhase] = useState(token ? 'form' : 'gone')
  const [password, setPassword] = useState('')
  const { form, complaints, setComplaints } = useComplaints()
  const [saving, setSaving] = useState(false)
  const save = async (event) => {
    event.preventDefault()
    if (saving) return
    const found = passwordComplaint(password)
    setComplaints({ password: found })
    if (found) return
    setSaving(true)
    try {
      await resetPassword(token, password)
      keepInEntry({ mailed: null })
      setPhase('done')
    } catch (refusal) {
      const about = aboutField(refusal, 'password')
      if (refusal.status === 401) setPhase('gone')
      else setComplaints({ password: about, all: about ? '' : explain(refusal) })
    }
    setSaving(false)
  }
  if (phase === 'done') return html`<${DonePage} />`
  if (phase === 'gone') return html`<${GonePage} />`
  return html`<${Entrance}>
    <h1>Choose a new password</h1>
    <form class="entrance-form" ref=${form} onSubmit=${save} noValidate>
      <${PasswordField} label="New password" value=${password} onType=${setPassword}
        complaint=${complaints.password} focus />
      <p class="complaint" role="alert">${complaints.all}</p>
      <${Button} kind="primary" type="submit" busy=${saving}>Save the password<//>
    </form>
  <//>`
}

function DonePage() {
  return html`<${MessagePage} title="Your new password holds from now on" way=${{ to: '/', name: 'Go on' }}>
    Every device has been signed out. Sign in with the new password where you need to.
  <//>`
}

function GonePage() {
  return html`<${MessagePage} title="This link is not valid any longer">
    It works once and for an hour. Your password is as it was; ask for another link where you sign in.
  <//>`
}
