import { Button } from '../../components/button.js'
import { Checkbox } from '../../components/checkbox.js'
import { Field } from '../../components/field.js'
import { RadioGroup } from '../../components/radio-group.js'
import { newKey } from '../../lib/api.js'
import { keepDraft, keptDraft } from '../../lib/drafts.js'
import { t } from '../../lib/texts.js'
import { html, useRef, useState } from '../../lib/ui.js'
import { useComplaints } from '../../lib/use-complaints.js'
import { holderOf } from '../papers/holder.js'
import { SignaturePad } from './signature-pad.js'

/**
 * Signing by typing one's name or drawing it: `onSign({signatureData, clientName, clientEmail}, key)`. Where there is a
 * `consent`, it has to be ticked; `children` stand above the button, `more` beside it. The name is kept under `draft`, a drawing is not.
 */
export function SignPanel({ client, draft, consent = '', action, focus = false, kind = '', onSign, onCancel, more, children }) {
  const { form, complaints, setComplaints } = useComplaints()
  const [values, setValues] = useState(() => ({ how: 'typed', name: keptDraft(draft) || holderOf(client), picture: null, agreed: false }))
  const [signing, setSigning] = useState(false)
  const key = useRef(null)
  const change = (changes) => {
    key.current = null
    setValues((before) => ({ ...before, ...changes }))
    if (Object.keys(complaints).length > 0) setComplaints({})
    if ('name' in changes) keepDraft(draft, changes.name)
  }
  const sign = async (event) => {
    event.preventDefault()
    if (signing) return
    const found = lacking(values, consent)
    setComplaints(found)
    if (Object.keys(found).length > 0) return
    setSigning(true)
    key.current ??= newKey()
    if (await onSign(signatureOf(values, client), key.current)) keepDraft(draft, '')
    setSigning(false)
  }
  return html`<form class=${`sign-panel ${kind}`.trim()} ref=${form} onSubmit=${sign} noValidate>
    <${Field} label=${t('portal.signing.name')} value=${values.name} onType=${(name) => change({ name })} complaint=${complaints.name}
      maxlength="200" autocomplete="name" focus=${focus} />
    <${RadioGroup} label=${t('portal.signing.signature')} value=${values.how} onChoose=${(how) => change({ how, picture: null })}
      options=${[{ value: 'typed', label: t('portal.signing.type') }, { value: 'drawn', label: t('portal.signing.draw') }]} />
    ${values.how === 'drawn'
      ? html`<${SignaturePad} onChange=${(picture) => change({ picture })} complaint=${complaints.picture} />`
      : html`<p class="typed-signature ink" aria-hidden="true" dir="auto">${values.name.trim() || '\u00a0'}</p>`}
    ${consent && html`<${Checkbox} label=${html`<span lang="en">${consent}</span>`} on=${values.agreed} onSwitch=${(agreed) => change({ agreed })} complaint=${complaints.agreed} />`}
    ${children}
    <div class="actions">
      <${Button} kind="primary" type="submit" icon="signature" busy=${signing}>${action}<//>
      ${onCancel && html`<${Button} onPress=${onCancel}>${t('shared.ui.cancel')}<//>`}
      ${more}
    </div>
  </form>`
}

function lacking({ how, name, picture, agreed }, consent) {
  return {
    ...(!name.trim() && { name: t('portal.signing.no_name') }),
    ...(how === 'drawn' && !picture && { picture: t('portal.signing.no_drawing') }),
    ...(consent && !agreed && { agreed: t('portal.signing.no_consent') }),
  }
}

function signatureOf({ how, name, picture }, client) {
  const clientName = name.trim()
  return {
    signatureData: how === 'drawn' ? picture : clientName,
    clientName,
    ...(client.email && { clientEmail: client.email }),
  }
}
