import { Button } from '../../components/button.js'
import { Field } from '../../components/field.js'
import { keepDraft, keptDraft } from '../../lib/drafts.js'
import { t } from '../../lib/texts.js'
import { html, useState } from '../../lib/ui.js'
import { useComplaints } from '../../lib/use-complaints.js'
import { explain, waitFor } from '../../lib/words.js'
import { requestLink } from './requests.js'

const DRAFT = 'sign-in'

/** Asks for a link by e-mail; `onSent(address)` once it is under way. */
export function LinkForm({ slug, email = '', focus = true, onSent, action = t('portal.entrance.send_link') }) {
  const [address, setAddress] = useState(keptDraft(DRAFT) || email)
  const { form, complaints, setComplaints } = useComplaints()
  const [sending, setSending] = useState(false)
  const type = (text) => {
    setAddress(text)
    keepDraft(DRAFT, text)
  }
  const send = async (event) => {
    event.preventDefault()
    if (sending) return
    setComplaints({})
    setSending(true)
    const refused = await sendLink(address.trim(), slug)
    setSending(false)
    if (refused) setComplaints({ address: refused })
    else onSent(address.trim())
  }
  // Not `type=email`: browsers refuse or rewrite addresses with letters beyond ASCII.
  return html`<form class="entrance-form" ref=${form} onSubmit=${send} noValidate>
    <${Field} label=${t('portal.entrance.address')} value=${address} onType=${type} complaint=${complaints.address} focus=${focus}
      name="email" type="text" inputmode="email" autocomplete="email" autocapitalize="off" autocorrect="off"
      spellcheck=${false} maxlength="254" hint=${t('portal.entrance.address_hint')} />
    <${Button} kind="primary" type="submit" busy=${sending}>${action}<//>
  </form>`
}

/** Empty when the link is under way, else what to tell. */
export async function sendLink(address, slug) {
  if (!/^\S+@\S+$/.test(address)) return t('portal.entrance.address_short')
  try {
    await requestLink(address, slug)
    return ''
  } catch (refusal) {
    if (refusal.status === 400) return t('portal.entrance.address_odd')
    if (refusal.status === 429) return waitFor(refusal.retryAfter, 'portal.entrance.asked_often')
    return explain(refusal)
  }
}
