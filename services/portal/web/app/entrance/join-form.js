import { keepDraft, keptDraft } from '../../lib/drafts.js'
import { acceptInvitation } from './requests.js'
import { html, useState } from '../../lib/ui.js'
import { useComplaints } from '../../lib/use-complaints.js'
import { aboutField, explain } from '../../lib/words.js'
import { Button } from '../../components/button.js'
import { Field } from '../../components/field.js'
import { PasswordField, passwordComplaint } from '../../components/password-field.js'

const DRAFT = 'invitation.name'
const ROLES = { owner: 'an owner', admin: 'an admin', member: 'a member' }

/** Name and password of a new member; `onGone` when the invitation has ended meanwhile. */
export function JoinForm({ token, invitation, onJoined, onGone }) {
  const [name, setName] = useState(keptDraft(DRAFT))
  const [password, setPassword] = useState('')
  const { form, complaints, setComplaints } = useComplaints()
  const [joining, setJoining] = useState(false)
  const typeName = (text) => {
    setName(text)
    keepDraft(DRAFT, text)
  }
  const join = async (event) => {
    event.preventDefault()
    if (joining) return
    const found = { name: name.trim() ? '' : 'Tell us your name.', password: passwordComplaint(password) }
    setComplaints(found)
    if (found.name || found.password) return
    setJoining(true)
    try {
      await acceptInvitation(token, { name: name.trim(), password })
      keepDraft(DRAFT, '')
      onJoined()
    } catch (refusal) {
      if (refusal.status === 401) onGone()
      else setComplaints(complaintsOf(refusal))
    }
    setJoining(false)
  }
  return html`<form class="entrance-form" ref=${form} onSubmit=${join} noValidate>
    <p>You are invited as ${ROLES[invitation.role] ?? invitation.role}.</p>
    <${Field} label="Your e-mail address" value=${invitation.email} onType=${() => {}} readonly autocomplete="username" />
    <${Field} label="Your name" value=${name} onType=${typeName} complaint=${complaints.name} autocomplete="name"
      maxlength="200" dir="auto" focus />
    <${PasswordField} label="Choose a password" value=${password} onType=${setPassword} complaint=${complaints.password} />
    <p class="complaint" role="alert">${complaints.all}</p>
    <${Button} kind="primary" type="submit" busy=${joining}>Join<//>
  </form>`
}

function complaintsOf(refusal) {
  const [name, password] = [aboutField(refusal, 'name'), aboutField(refusal, 'password')]
  return { name, password, all: name || password ? '' : explain(refusal) }
}
