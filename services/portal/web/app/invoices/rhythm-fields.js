import { DateField } from '../../components/date-field.js'
import { Field } from '../../components/field.js'
import { RadioGroup } from '../../components/radio-group.js'
import { Select } from '../../components/select.js'
import { t } from '../../lib/texts.js'
import { html } from '../../lib/ui.js'
import { FREQUENCIES, rhythmWords, shortMonthWords } from './rhythm.js'

const count = { inputmode: 'numeric', autocomplete: 'off', dir: 'ltr', maxlength: 4 }
const ENDS = ['never', 'on', 'after']
const WAYS = ['mail', 'issue', 'draft']

/** How often, from when, until when, and what happens on each day; said in a sentence while it is chosen. */
export function RhythmFields({ paper }) {
  const { values, bind } = paper
  const { frequency, interval, startsOn, ends } = values
  const words = Number(interval) > 0 ? rhythmWords({ frequency, interval: Number(interval), startsOn }) : ''
  const note = shortMonthWords({ frequency, startsOn })
  return html`<section class="paper-part" aria-labelledby="rhythm-head">
    <h2 id="rhythm-head">${t('app.recurring.rhythm')}</h2>
    <p class="rhythm-words" role="status">${words} ${note && html`<span class="quiet">${note}</span>`}</p>
    <div class="fields-row">
      <${Select} label=${t('app.recurring.frequency')} options=${FREQUENCIES.map((value) => ({ value, label: t(`app.recurring.frequencies.${value}`) }))} ...${bind('frequency')} />
      <${Field} label=${t('app.recurring.interval')} hint=${t('app.recurring.interval_hint')} ...${count} ...${bind('interval')} />
      <${DateField} label=${t('app.recurring.starts_on')} ...${bind('startsOn')} />
    </div>
    <div class="fields-row">
      <${Select} label=${t('app.recurring.ends')} options=${ENDS.map((value) => ({ value, label: t(`app.recurring.ends_of.${value}`) }))} ...${bind('ends')} />
      ${ends === 'on' && html`<${DateField} label=${t('app.recurring.ends_on')} ...${bind('endsOn')} />`}
      ${ends === 'after' && html`<${Field} label=${t('app.recurring.occurrences')} ...${count} ...${bind('occurrences')} />`}
      <${Field} label=${t('app.recurring.days_until_due')} ...${count} ...${bind('daysUntilDue')} />
    </div>
    <${RadioGroup} label=${t('app.recurring.how')} options=${WAYS.map((value) => ({ value, label: t(`app.recurring.ways.${value}`) }))} ...${bind('how')} />
  </section>`
}
