import { Card } from '../../components/card.js'
import { Combobox } from '../../components/combobox.js'
import { Field } from '../../components/field.js'
import { t } from '../../lib/texts.js'
import { html } from '../../lib/ui.js'
import { useForm } from '../../lib/use-form.js'
import { patch } from '../lib/api.js'
import { me } from '../lib/session.js'
import { SavedForm, saySaved } from './saved-form.js'

const MOST = 50
const asOption = (value) => ({ value, label: value })

/** What the agency is called, its currency, and where its days begin. */
export default function Agency() {
  const { agency } = me.value
  const form = useForm({
    initial: { name: agency.name, currency: currencyOption(agency.currency), timeZone: asOption(agency.timeZone) },
    draft: 'app.settings.agency',
    check: ({ name, currency, timeZone }) => ({
      name: name.trim() ? '' : t('app.settings.name_missing'),
      currency: currency ? '' : t('app.settings.choose_one'),
      timeZone: timeZone ? '' : t('app.settings.choose_one'),
    }),
    send: ({ name, currency, timeZone }, key) =>
      patch('/api/auth/agency', { name: name.trim(), currency: currency.value, timeZone: timeZone.value }, key),
    done: (saved) => {
      me.value = { ...me.value, agency: { ...me.value.agency, ...saved } }
      saySaved()
    },
  })
  return html`<${Card} title=${t('app.settings.parts.agency')} lead=${t('app.settings.agency_lead')}>
    <${SavedForm} form=${form}>
      <${Field} label=${t('app.settings.agency_name')} maxlength="200" dir="auto" ...${form.bind('name')} />
      <${Combobox} label=${t('app.settings.currency')} hint=${t('app.settings.currency_hint')} search=${findCurrencies} ...${form.bind('currency')} />
      <${Combobox} label=${t('app.settings.time_zone')} hint=${t('app.settings.time_zone_hint')} search=${findZones} ...${form.bind('timeZone')} />
    <//>
  <//>`
}

const names = new Intl.DisplayNames(document.documentElement.lang, { type: 'currency', fallback: 'code' })
const currencyOption = (code) => ({ value: code, label: code, hint: names.of(code) })

const findCurrencies = async (text) => found(Intl.supportedValuesOf('currency').map(currencyOption), text)
const findZones = async (text) => found(Intl.supportedValuesOf('timeZone').map(asOption), text)

function found(options, text) {
  const wanted = text.toLowerCase().replaceAll(' ', '_')
  const fits = ({ label, hint = '' }) => label.toLowerCase().includes(wanted) || hint.toLowerCase().includes(text.toLowerCase())
  return options.filter(fits).slice(0, MOST)
}
