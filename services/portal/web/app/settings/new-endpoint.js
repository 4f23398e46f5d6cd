import { Button } from '../../components/button.js'
import { Checkbox } from '../../components/checkbox.js'
import { CopyField } from '../../components/copy-field.js'
import { Dialog } from '../../components/dialog.js'
import { Field } from '../../components/field.js'
import { t } from '../../lib/texts.js'
import { html, useState } from '../../lib/ui.js'
import { useForm } from '../../lib/use-form.js'
import { post } from '../lib/api.js'
import { useOne } from '../lib/use-one.js'
import { Loaded } from './loaded.js'

/** An address that is told of events; its signing secret is shown this once. */
export function NewEndpoint({ open, ...rest }) {
  return open ? html`<${Inside} ...${rest} />` : null
}

function Inside({ onClose, onMade }) {
  const [secret, setSecret] = useState(null)
  const done = ({ secret: made, ...shown }) => {
    onMade(shown)
    setSecret(made)
  }
  if (!secret) return html`<${Form} onClose=${onClose} onDone=${done} />`
  const actions = html`<${Button} kind="primary" onPress=${onClose}>${t('app.settings.have_it')}<//>`
  return html`<${Dialog} open title=${t('app.settings.endpoint_made')} onClose=${onClose} actions=${actions}>
    <${CopyField} label=${t('app.settings.signing_secret')} hint=${t('app.settings.shown_once')} value=${secret} />
  <//>`
}

function Form({ onClose, onDone }) {
  const events = useOne('/api/zapier/events')
  const form = useForm({
    initial: { url: '', events: [] },
    draft: 'app.settings.endpoint',
    check: ({ url, events: chosen }) => ({
      url: /^https?:\/\/\S+$/.test(url.trim()) ? '' : t('app.settings.address_missing'),
      events: chosen.length > 0 ? '' : t('app.settings.choose_one'),
    }),
    send: ({ url, events: chosen }, key) => post('/api/zapier', { url: url.trim(), events: chosen }, key),
    done: onDone,
  })
  const chosen = form.values.events
  const turn = (type, on) => form.change({ events: on ? [...chosen, type] : chosen.filter((one) => one !== type) })
  const actions = html`<${Button} onPress=${onClose}>${t('shared.ui.cancel')}<//>
    <${Button} kind="primary" type="submit" busy=${form.busy}>${t('app.settings.register')}<//>`
  return html`<${Dialog} open title=${t('app.settings.new_endpoint')} onClose=${onClose} actions=${actions} onSubmit=${form.submit} form=${form.form}>
    <div class="fields">
      <${Field} label=${t('app.settings.address')} type="url" dir="ltr" maxlength="2000" placeholder="https://" focus ...${form.bind('url')} />
      <fieldset class="field"><legend>${t('app.settings.events')}</legend>
        <${Loaded} one=${events}>${(types) => html`<div class="settings-events" tabindex="0" role="group" aria-label=${t('app.settings.events')}>
          <${Checkbox} label=${t('app.settings.all_events')} on=${chosen.length === types.length} onSwitch=${(on) => form.change({ events: on ? types.map(({ type }) => type) : [] })} />
          ${types.map(({ type, description }) => html`<${Checkbox} key=${type} label=${html`<code>${type}</code>`} hint=${description} on=${chosen.includes(type)} onSwitch=${(on) => turn(type, on)} />`)}
        </div>`}<//>
        <p class="complaint" role="alert">${form.complaints.events ?? ''}</p>
      </fieldset>
      <p class="complaint" role="alert">${form.complaints.all ?? ''}</p>
    </div>
  <//>`
}
