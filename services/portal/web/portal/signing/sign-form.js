import { html, useEffect, useId, useRef, useState } from '../../lib/ui.js'
import { Button } from '../../components/button.js'
import { SignaturePad } from './signature-pad.js'

/** Signing by typing one's name or drawing it; answers `{signatureData, clientName, clientEmail}`. */
export function SignForm({ file, client, onSign, onCancel }) {
  const [drawn, setDrawn] = useState(false)
  const [name, setName] = useState(isCompany(client) ? '' : client.name)
  const [picture, setPicture] = useState(null)
  const [complaint, setComplaint] = useState('')
  const [signing, setSigning] = useState(false)
  const id = useId()
  const field = useRef(null)
  useEffect(() => field.current?.focus(), [])
  const sign = async (event) => {
    event.preventDefault()
    if (signing) return
    if (drawn && !picture) return setComplaint('Draw your signature first, or choose to type it.')
    setComplaint('')
    setSigning(true)
    const clientName = name.trim()
    const signatureData = drawn ? picture : clientName
    await onSign({ signatureData, clientName, ...(client.email && { clientEmail: client.email }) })
    setSigning(false)
  }
  return html`<form class="panel" onSubmit=${sign}>
    <label for=${id}>Your full name</label>
    <input id=${id} ref=${field} maxlength="200" required autocomplete="name" value=${name}
      onInput=${(event) => setName(event.target.value)} />
    <fieldset>
      <legend>Signature</legend>
      <${Choice} name=${`${id}-how`} chosen=${!drawn} onChoose=${() => setDrawn(false)}>Type it<//>
      <${Choice} name=${`${id}-how`} chosen=${drawn} onChoose=${() => setDrawn(true)}>Draw it<//>
    </fieldset>
    ${drawn
      ? html`<${SignaturePad} onChange=${setPicture} />`
      : html`<p class="typed-signature" aria-hidden="true">${name}</p>`}
    <p class="quiet">
      By pressing Sign you agree to sign version ${file.version} of ${file.name} electronically.
      You get the sealed document by e-mail.
    </p>
    <p class="complaint" role="alert">${complaint}</p>
    <div class="actions">
      <${Button} kind="primary" type="submit" busy=${signing}>Sign<//>
      <${Button} onPress=${onCancel}>Cancel<//>
    </div>
  </form>`
}

function Choice({ name, chosen, onChoose, children }) {
  return html`<label class="choice"><input type="radio" name=${name} checked=${chosen} onChange=${onChoose} />${children}</label>`
}

/** A company's link is opened by one of its people, whose name nobody knows before they write it. */
function isCompany(client) {
  return client.email === null && client.company === client.name
}
