import { Bones } from '../../components/bones.js'
import { Button } from '../../components/button.js'
import { ErrorState } from '../../components/error-state.js'
import { MoneyField } from '../../components/money-field.js'
import { Select } from '../../components/select.js'
import { amountOf, typed } from '../../lib/amounts.js'
import { t } from '../../lib/texts.js'
import { toast } from '../../lib/toasts.js'
import { html } from '../../lib/ui.js'
import { useForm } from '../../lib/use-form.js'
import { put } from '../lib/api.js'
import { me } from '../lib/session.js'
import { useOne } from '../lib/use-one.js'

const ROUNDINGS = ['1', '5', '6', '10', '15', '30']

/** What an hour costs and how time is rounded on invoices: the agency's, or with `ofProject` one project's own. */
export function TimeSettings({ path, ofProject = false, onSaved = () => {} }) {
  const settings = useOne(path)
  if (settings.phase === 'loading') return html`<${Bones} shape="fields" count=${2} />`
  if (settings.phase !== 'ready') return html`<${ErrorState} level=${3} onRetry=${settings.reload} />`
  return html`<${Form} ...${{ path, ofProject, onSaved }} settings=${settings.value} onChange=${settings.set} />`
}

function Form({ path, settings, ofProject, onChange, onSaved }) {
  const currency = settings.currency ?? me.value.agency.currency
  const form = useForm({
    initial: { rate: typed(settings.rate ?? ''), roundingMinutes: String(settings.roundingMinutes ?? '') },
    check: ({ rate }) => ({ rate: rate && (amountOf(rate) ?? -1) < 0 ? t('app.time.rate_wrong') : '' }),
    send: ({ rate, roundingMinutes }, key) =>
      put(path, { rate: rate ? amountOf(rate) : null, currency: rate ? currency : null, roundingMinutes: roundingMinutes ? Number(roundingMinutes) : null }, key),
    done: (saved) => {
      onChange(saved)
      toast({ text: t('app.time.settings_saved') })
      onSaved()
    },
  })
  const unset = t(ofProject ? 'app.time.as_agency' : 'app.time.to_the_minute')
  return html`<form class="fields" ref=${form.form} onSubmit=${form.submit} novalidate>
    <div class="fields-row">
      <${MoneyField} label=${t('app.time.hour_costs')} optional currency=${currency}
        hint=${t(ofProject ? 'app.time.empty_as_agency' : 'app.time.hour_costs_hint')} ...${form.bind('rate')} />
      <${Select} label=${t('app.time.rounding')} empty=${unset}
        options=${ROUNDINGS.map((value) => ({ value, label: t('app.time.rounded_to', { count: Number(value) }) }))} ...${form.bind('roundingMinutes')} />
    </div>
    <p class="complaint" role="alert">${form.complaints.all ?? ''}</p>
    <div class="actions"><${Button} kind=${ofProject ? 'quiet' : 'primary'} type="submit" busy=${form.busy}>${t('app.time.save_settings')}<//></div>
  </form>`
}
