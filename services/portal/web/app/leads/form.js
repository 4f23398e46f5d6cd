// The builder of an intake form.
import { Bones } from '../../components/bones.js'
import { ErrorState } from '../../components/error-state.js'
import { NothingHere } from '../../components/nothing-here.js'
import { t } from '../../lib/texts.js'
import { html } from '../../lib/ui.js'
import { useOne } from '../lib/use-one.js'
import { useTitle } from '../lib/use-title.js'
import { FormBuilder } from './form-builder.js'

const EMPTY = { name: '', slug: '', description: '', fields: [], active: true, fromPageOnly: false }

export default function FormPage({ id }) {
  const isNew = id === 'new'
  const { phase, value, reload, set } = useOne(isNew ? null : `/api/intake-forms/${id}`)
  useTitle(isNew ? t('app.leads.new_form') : value?.name)
  if (isNew) return html`<${FormBuilder} intake=${EMPTY} />`
  if (phase === 'missing') return html`<${NothingHere} home="/app/leads/forms" />`
  if (phase === 'failed') return html`<main id="main" tabindex="-1"><${ErrorState} onRetry=${reload} /></main>`
  if (!value) return html`<main id="main" tabindex="-1" aria-busy="true"><${Bones} shape="fields" count=${5} /></main>`
  return html`<${FormBuilder} key=${value.id} intake=${value} onSaved=${set} />`
}
