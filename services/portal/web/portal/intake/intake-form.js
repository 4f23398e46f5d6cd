import { Button } from '../../components/button.js'
import { Field } from '../../components/field.js'
import { Progress } from '../../components/progress.js'
import { t } from '../../lib/texts.js'
import { html, useRef, useState } from '../../lib/ui.js'
import { useComplaints } from '../../lib/use-complaints.js'
import { answersOf, complaintsOf, missingFrom, sendIntake } from './intake.js'
import { Question } from './question.js'
import { useFilling } from './use-filling.js'

// Whoever comes back to a filled-in form can be quicker than the server takes a person to be.
const QUICKEST_MS = 4000
const MESSAGE = { key: 'message', label: t('portal.intake.message'), type: 'long_text', required: false, hint: '' }

/** The form itself; `onSent(email)` once it has arrived. A complaint goes as soon as its field is touched again. */
export function IntakeForm({ slug, intake, openedAt, onSent }) {
  const { form, complaints, setComplaints } = useComplaints()
  const [mended, setMended] = useState({})
  const filling = useFilling(`intake.${slug}.${intake.slug}`, (name) => setMended({ ...mended, [name]: true }))
  const [sending, setSending] = useState(false)
  const [share, setShare] = useState(0)
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
    setShare(0)
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
      await sendIntake(slug, intake.slug, { submission, files, key: filling.attempt(), onProgress: setShare })
      filling.forget()
      onSent(submission.email)
    } catch (refusal) {
      if (refusal.status === undefined) throw refusal
      complain(complaintsOf(refusal, intake.fields))
      setSending(false)
    }
  }
  const uploading = sending && Object.keys(files).length > 0
  return html`<form class="entrance-form" ref=${form} onSubmit=${send} noValidate>
    <${Questions} intake=${intake} filling=${filling} about=${(name) => (mended[name] ? '' : complaints[name])} />
    <div class="visually-hidden" aria-hidden="true">
      <label>${t('portal.intake.trap')} <input ref=${trap} name="website" tabindex="-1" autocomplete="off" /></label>
    </div>
    <p class="complaint" role="alert">${complaints.all}</p>
    ${uploading && html`<${Progress} label=${t('portal.intake.uploading')} value=${Math.round(share * 100)} />`}
    <${Button} kind="primary" type="submit" busy=${sending}>${t('portal.intake.send')}<//>
  </form>`
}

function Questions({ intake, filling, about }) {
  const { values, type } = filling
  return html`
    <${Field} label=${t('portal.intake.name')} value=${values.name} onType=${(name) => type('name', name)} complaint=${about('name')}
      autocomplete="name" maxlength="200" />
    <${Field} label=${t('portal.intake.email')} value=${values.email} onType=${(email) => type('email', email)}
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
