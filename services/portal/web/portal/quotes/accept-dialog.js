import { Button } from '../../components/button.js'
import { Dialog } from '../../components/dialog.js'
import { Field } from '../../components/field.js'
import { newKey } from '../../lib/api.js'
import { t } from '../../lib/texts.js'
import { html, useEffect, useId, useRef, useState } from '../../lib/ui.js'
import { useComplaints } from '../../lib/use-complaints.js'
import { holderOf } from '../papers/holder.js'

/** Asks once more, because this is a promise: what is accepted, for how much, and by whom. */
export function AcceptDialog({ portal, quote, paper, chosen, total, open, onSend, onClose }) {
  const id = useId()
  const key = useRef(null)
  const [name, setName] = useState(() => holderOf(portal.snapshot.client))
  const { form, complaints, setComplaints } = useComplaints()
  const [busy, setBusy] = useState(false)
  const type = (typed) => {
    key.current = null
    if (complaints.name) setComplaints({})
    setName(typed)
  }
  const send = async (event) => {
    event.preventDefault()
    if (busy) return
    if (!name.trim()) return setComplaints({ name: t('portal.papers.say_name') })
    setBusy(true)
    key.current ??= newKey()
    const done = await onSend(name.trim(), key.current)
    setBusy(false)
    if (done) onClose()
  }
  // What is agreed to has changed, so it is another attempt.
  const agreed = `${quote.revision}/${chosen.join()}`
  useEffect(() => {
    key.current = null
  }, [agreed])
  const extras = chosen.map((at) => paper.lines[at]).filter(Boolean)
  const actions = html`<${Button} onPress=${onClose}>${t('shared.ui.cancel')}<//>
    <${Button} kind="primary" type="submit" form=${id} busy=${busy}>${t('portal.quotes.accept_for', { total })}<//>`
  return html`<${Dialog} title=${t('portal.quotes.accept_title', { number: quote.number })} open=${open} onClose=${onClose} actions=${actions} size="small">
    <form id=${id} class="fields" ref=${form} onSubmit=${send} noValidate>
      <p>${t('portal.quotes.accept_text', { total: html`<strong class="amount">${total}</strong>` })}</p>
      ${extras.length > 0 &&
      html`<div>
        <p class="quiet">${t('portal.quotes.with_options')}</p>
        <ul class="plain-list">${extras.map(({ description }, at) => html`<li key=${at} dir="auto">${description}</li>`)}</ul>
      </div>`}
      <${Field} label=${t('portal.papers.your_name')} value=${name} onType=${type} complaint=${complaints.name} maxlength="200" autocomplete="name" focus />
      <p class="quiet">${t('portal.quotes.next', { agency: portal.snapshot.agency.name })}</p>
    </form>
  <//>`
}
