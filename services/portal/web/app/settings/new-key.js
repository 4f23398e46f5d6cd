import { Button } from '../../components/button.js'
import { Checkbox } from '../../components/checkbox.js'
import { CopyField } from '../../components/copy-field.js'
import { DateField } from '../../components/date-field.js'
import { Dialog } from '../../components/dialog.js'
import { Field } from '../../components/field.js'
import { t } from '../../lib/texts.js'
import { html, useState } from '../../lib/ui.js'
import { useForm } from '../../lib/use-form.js'
import { post } from '../lib/api.js'

const SCOPES = ['read', 'write', 'custodian']

/** A new API key, which is shown this once. */
export function NewKey({ open, ...rest }) {
  return open ? html`<${Inside} ...${rest} />` : null
}

function Inside({ onClose, onMade }) {
  const [made, setMade] = useState(null)
  const done = ({ key, ...shown }) => {
    onMade(shown)
    setMade(key)
  }
  if (!made) return html`<${Form} onClose=${onClose} onDone=${done} />`
  const actions = html`<${Button} kind="primary" onPress=${onClose}>${t('app.settings.have_it')}<//>`
  return html`<${Dialog} open title=${t('app.settings.key_made')} onClose=${onClose} actions=${actions}>
    <${CopyField} label=${t('app.settings.key')} hint=${t('app.settings.shown_once')} value=${made} />
  <//>`
}

function Form({ onClose, onDone }) {
  const form = useForm({
    initial: { name: '', scopes: ['read'], expires: '' },
    check: ({ name, scopes }) => ({
      name: name.trim() ? '' : t('app.settings.name_missing'),
      scopes: scopes.length > 0 ? '' : t('app.settings.choose_one'),
    }),
    send: ({ name, scopes, expires }, key) =>
      post('/api/api-keys', { name: name.trim(), scopes, expiresAt: expires ? new Date(`${expires}T23:59:59`).toISOString() : null }, key),
    done: onDone,
  })
  const turn = (scope, on) => form.change({ scopes: SCOPES.filter((one) => (one === scope ? on : form.values.scopes.includes(one))) })
  const actions = html`<${Button} onPress=${onClose}>${t('shared.ui.cancel')}<//>
    <${Button} kind="primary" type="submit" busy=${form.busy}>${t('app.settings.make_key')}<//>`
  return html`<${Dialog} open title=${t('app.settings.new_key')} onClose=${onClose} actions=${actions} onSubmit=${form.submit} form=${form.form}>
    <div class="fields">
      <${Field} label=${t('app.settings.key_name')} hint=${t('app.settings.key_name_hint')} maxlength="200" dir="auto" focus ...${form.bind('name')} />
      <fieldset class="field"><legend>${t('app.settings.may')}</legend>
        ${SCOPES.map((scope) => html`<${Checkbox} key=${scope} label=${t(`app.settings.scopes.${scope}`)} hint=${t(`app.settings.scope_hints.${scope}`)} on=${form.values.scopes.includes(scope)} onSwitch=${(on) => turn(scope, on)} />`)}
        <p class="complaint" role="alert">${form.complaints.scopes ?? ''}</p>
      </fieldset>
      <${DateField} label=${t('app.settings.expires')} optional ...${form.bind('expires')} />
      <p class="complaint" role="alert">${form.complaints.all ?? ''}</p>
    </div>
  <//>`
}
