import { Card } from '../../components/card.js'
import { Field } from '../../components/field.js'
import { Switch } from '../../components/switch.js'
import { t } from '../../lib/texts.js'
import { html } from '../../lib/ui.js'
import { useForm } from '../../lib/use-form.js'
import { put } from '../lib/api.js'
import { useOne } from '../lib/use-one.js'
import { Loaded } from './loaded.js'
import { SavedForm, saySaved } from './saved-form.js'

const PATH = '/api/reminder-settings'

/** On which days clients are reminded of open invoices. */
export default function Reminders() {
  const one = useOne(PATH)
  return html`<${Card} title=${t('app.settings.parts.reminders')} lead=${t('app.settings.reminders_lead')}>
    <${Loaded} one=${one}>${(value) => html`<${Form} value=${value} onSaved=${one.set} />`}<//>
  <//>`
}

function Form({ value, onSaved }) {
  const form = useForm({
    initial: { active: value.active, daysBeforeDue: value.daysBeforeDue.join(', '), daysAfterDue: value.daysAfterDue.join(', ') },
    draft: 'app.settings.reminders',
    check: ({ daysBeforeDue, daysAfterDue }) => ({
      daysBeforeDue: daysOf(daysBeforeDue) ? '' : t('app.settings.days_wrong'),
      daysAfterDue: daysOf(daysAfterDue) ? '' : t('app.settings.days_wrong'),
    }),
    send: ({ active, daysBeforeDue, daysAfterDue }, key) =>
      put(PATH, { active, daysBeforeDue: daysOf(daysBeforeDue), daysAfterDue: daysOf(daysAfterDue) }, key),
    done: (saved) => {
      onSaved(saved)
      saySaved()
    },
  })
  return html`<${SavedForm} form=${form}>
    <${Switch} label=${t('app.settings.remind')} hint=${t('app.settings.remind_hint')} ...${form.bind('active')} />
    <div class="fields-row">
      <${Field} label=${t('app.settings.days_before')} hint=${t('app.settings.days_hint')} dir="ltr" maxlength="60" ...${form.bind('daysBeforeDue')} />
      <${Field} label=${t('app.settings.days_after')} hint=${t('app.settings.days_hint')} dir="ltr" maxlength="60" ...${form.bind('daysAfterDue')} />
    </div>
  <//>`
}

/** `7, 1` as numbers; null where it is no list of days. */
function daysOf(text) {
  const parts = text.split(/[\s,;]+/).filter(Boolean)
  return parts.every((part) => /^\d{1,3}$/.test(part)) ? parts.map(Number) : null
}
