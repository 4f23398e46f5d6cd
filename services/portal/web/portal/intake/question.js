import { Checkbox } from '../../components/checkbox.js'
import { Field } from '../../components/field.js'
import { Select } from '../../components/select.js'
import { TextArea } from '../../components/text-area.js'
import { t } from '../../lib/texts.js'
import { html } from '../../lib/ui.js'
import { FileField } from './file-field.js'
import { OptionList } from './option-list.js'

const AMONG_LINES = {
  text: { maxlength: 500 },
  number: { type: 'number', step: 'any', inputmode: 'decimal' },
  email: { type: 'text', inputmode: 'email', autocapitalize: 'off', spellcheck: false, maxlength: 254 },
  phone: { type: 'tel', autocomplete: 'tel', maxlength: 50 },
  url: { type: 'url', inputmode: 'url', autocapitalize: 'off', spellcheck: false, maxlength: 2000, placeholder: 'https://' },
  date: { type: 'date' },
}

/** One question of an intake form, in the control that its type asks for; `onAnswer` gets a file as a file. */
export function Question({ field, value, complaint = '', onAnswer }) {
  const { type, hint } = field
  const common = { label: html`<bdi>${field.label}</bdi>`, hint, complaint, optional: !field.required }
  if (AMONG_LINES[type]) {
    return html`<${Field} ...${common} ...${AMONG_LINES[type]} value=${value ?? ''} onType=${onAnswer} />`
  }
  if (type === 'file') return html`<${FileField} ...${common} file=${value} onChoose=${onAnswer} />`
  if (type === 'multi_select') {
    return html`<${OptionList} ...${common} options=${field.options} chosen=${value ?? []} onChoose=${onAnswer} />`
  }
  if (type === 'checkbox') return html`<${Tick} ...${common} value=${value} onAnswer=${onAnswer} />`
  if (type === 'select') {
    const options = field.options.map((option) => ({ value: option, label: option }))
    return html`<${Select} ...${common} value=${value} onChoose=${onAnswer} options=${options} empty=${t('portal.intake.choose')} />`
  }
  return html`<${TextArea} ...${common} value=${value ?? ''} onType=${onAnswer} rows="5" maxlength="10000" />`
}

function Tick({ label, optional, hint, complaint, value, onAnswer }) {
  const whole = optional ? html`<span>${label} <span class="optional">${t('shared.ui.optional')}</span></span>` : label
  return html`<${Checkbox} label=${whole} hint=${hint} complaint=${complaint} on=${value === true} onSwitch=${onAnswer} />`
}
