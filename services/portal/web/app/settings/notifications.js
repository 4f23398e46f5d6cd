import { Card } from '../../components/card.js'
import { Select } from '../../components/select.js'
import { named, t } from '../../lib/texts.js'
import { toast } from '../../lib/toasts.js'
import { html } from '../../lib/ui.js'
import { explain } from '../../lib/words.js'
import { put } from '../lib/api.js'
import { useOne } from '../lib/use-one.js'
import { Loaded } from './loaded.js'
import { saySaved } from './saved-form.js'

const PATH = '/api/notification-preferences'
const FREQUENCIES = ['now', 'daily', 'never']

/** Which mails one gets, and how soon; each choice is kept at once. */
export default function Notifications() {
  const one = useOne(PATH)
  return html`<${Card} title=${t('app.settings.parts.notifications')} lead=${t('app.settings.notifications_lead')}>
    <${Loaded} one=${one} count=${6}>${(value) => html`<${Kinds} value=${value} onChange=${one.set} />`}<//>
  <//>`
}

function Kinds({ value, onChange }) {
  const options = FREQUENCIES.map((frequency) => ({ value: frequency, label: t(`app.settings.frequency.${frequency}`) }))
  const choose = async (kind, frequency) => {
    const preferences = value.preferences.map((one) => (one.kind === kind ? { ...one, frequency } : one))
    onChange({ ...value, preferences })
    try {
      const body = preferences.filter(({ locked }) => !locked).map((one) => ({ kind: one.kind, frequency: one.frequency }))
      onChange(await put(PATH, { otherwise: value.otherwise, preferences: body }))
      saySaved()
    } catch (refusal) {
      onChange(value)
      toast({ tone: 'danger', text: explain(refusal) })
    }
  }
  return html`<ul class="settings-rows">
    ${value.preferences.map(({ kind, description, frequency, locked }) => html`<li key=${kind}>
      <span>${said(kind, description)}${locked && html`<span class="quiet">${t('app.settings.always_sent')}</span>`}</span>
      <${Select} bare label=${said(kind, description)} value=${frequency} options=${options} disabled=${locked} onChoose=${(next) => choose(kind, next)} />
    </li>`)}
  </ul>`
}

/** In the reader's language where there are words; the API's own are English. */
function said(kind, description) {
  const key = kind.replaceAll('.', '_')
  const text = named('app.settings.mails', key)
  return text === key ? description : text
}
