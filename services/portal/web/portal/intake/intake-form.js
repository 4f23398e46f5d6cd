import { answersOf, complaintsOf, missingFrom, sendIntake } from './intake.js'
import { html, useRef, useState } from '../../lib/ui.js'
import { useComplaints } from '../../lib/use-complaints.js'
import { useFilling } from './use-filling.js'
import { Button } from '../../components/button.js'
import { Field } from '../../components/field.js'
import { Question } from './question.js'

// Whoever comes back to a filled-in form can be quicker than the server takes a person to be.
const QUICKEST_MS = 4000
const MESSAGE = { key: 'message', label: 'Your message', type: 'long_text', required: false, hint: '' }

/** The form itself; `onSent(email)` once it has arrived. A complaint goes as soon as its field is touched again. */
export function IntakeForm({ slug, intake, openedAt, onSent }) {
  const { form, complaints, setComplaints } = useComplaints()
  const [mended, setMended] = useState({})
  const filling = useFilling(`intake.${slug}.${intake.slug}`, (name) => setMended({ ...mended, [name]: true }))
  const [sending, setSending] = useState(false)
  const trap = useRef(null)
  const { values, files } = filling
  const complain = (found) => {
    setMended({})
    setComplaints(found)
    return Object.keys(found).length > 0
  }
  const send = async (event) => {
    event.preventDefault()
    if (sending || complain(missingFrom(intake.fields, values, files))) return
    setSending(true)
    const submission = {
      name: values.name.trim(),
      email: values.email.trim(),
      message: values.message,
      answers: answersOf(intake.fields, values.answers),
      formToken: intake.formToken,
      website: trap.current.value,
    }
    try {
      await new Promise((resolve) => setTimeout(resolve, Math.max(0, openedAt + QUICKEST_MS - Date.now())))
      await sendIntake(slug, intake.slug, { submission, files, key: filling.attempt() })
      filling.forget()
      onSent(submission.email)
    } catch (refusal) {
      complain(complaintsOf(refusal, intake.fields))
      setSending(false)
    }
  }
  return html`<form class="entrance-form" ref=${form} onSubmit=${send} noValidate>
    <${Questions} intake=${intake} filling=${filling} about=${(name) => (mended[name] ? '' : complaints[name])} />
    <div class="visually-hidden" aria-hidden="true">
      <label>Leave this empty <input ref=${trap} name="website" tabindex="-1" autocomplete="off" /></label>
    </div>
    <p class="complaint" role="alert">${complaints.all}</p>
    <${Button} kind="primary" type="submit" busy=${sending}>Send<//>
  </form>`
}

function Questions({ intake, filling, about }) {
  const { values, type } = filling
  return html`
    <${Field} label="Your name" value=${values.name} onType=${(name) => type('name', name)} complaint=${about('name')}
      autocomplete="name" maxlength="200" dir="auto" />
    <${Field} label="Your e-mail address" value=${values.email} onType=${(email) => type('email', email)}
      complaint=${about('email')} type="text" inputmode="email" autocomplete="email" autocapitalize="off"
      autocorrect="off" spellcheck=${false} maxlength="254" />
    ${intake.fields.map(
      (field) => html`<${Question} key=${field.key} field=${field} complaint=${about(`answers.${field.key}`)}
        value=${filling.given(field)} onAnswer=${(value) => filling.answer(field, value)} />`,
    )}
    <${Question} field=${MESSAGE} value=${values.message} onAnswer=${(message) => type('message', message)}
      complaint=${about('message')} />
  `
}
