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
// As the server has them.
const BEFORE = { least: 0, most: 90, count: 10 }
const AFTER = { least: 1, most: 365, count: 10 }

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
      daysBeforeDue: wrongIn(daysBeforeDue, BEFORE),
      daysAfterDue: wrongIn(daysAfterDue, AFTER),
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
      <${Field} label=${t('app.settings.days_before')} hint=${t('app.settings.days_before_hint')} dir="ltr" maxlength="60" ...${form.bind('daysBeforeDue')} />
      <${Field} label=${t('app.settings.days_after')} hint=${t('app.settings.days_after_hint')} dir="ltr" maxlength="60" ...${form.bind('daysAfterDue')} />
    </div>
  <//>`
}

function wrongIn(text, bounds) {
  const days = daysOf(text)
  const fits = days && days.length <= bounds.count && days.every((day) => day >= bounds.least && day <= bounds.most)
  return fits ? '' : t('app.settings.days_wrong', bounds)
}

/** `7, 1` as numbers; null where it is no list of days. */
function daysOf(text) {
  const parts = text.split(/[\s,;]+/).filter(Boolean)
  return parts.every((part) => /^\d{1,3}$/.test(part)) ? parts.map(Number) : null
}
