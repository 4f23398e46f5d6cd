import { html, useId } from '../../lib/ui.js'
import { Field } from '../../components/field.js'
import { FileField } from './file-field.js'
import { OptionList } from './option-list.js'

const AMONG_LINES = {
  text: { type: 'text', maxlength: 500, dir: 'auto' },
  number: { type: 'number', step: 'any', inputmode: 'decimal' },
  email: { type: 'text', inputmode: 'email', autocapitalize: 'off', spellcheck: false, maxlength: 254 },
  phone: { type: 'tel', autocomplete: 'tel', maxlength: 50 },
  url: { type: 'url', inputmode: 'url', autocapitalize: 'off', spellcheck: false, maxlength: 2000, placeholder: 'https://' },
  date: { type: 'date' },
}

/** One question of an intake form, in the control that its type asks for; `onAnswer` gets a file as a file. */
export function Question({ field, value, complaint, onAnswer }) {
  const label = field.required ? field.label : html`${field.label} <span class="optional">(optional)</span>`
  const common = { label, hint: field.hint, complaint }
  if (AMONG_LINES[field.type]) {
    return html`<${Field} ...${common} ...${AMONG_LINES[field.type]} value=${value ?? ''} onType=${onAnswer} />`
  }
  if (field.type === 'file') return html`<${FileField} ...${common} file=${value} onChoose=${onAnswer} />`
  if (field.type === 'multi_select') {
    return html`<${OptionList} ...${common} options=${field.options} chosen=${value ?? []} onChoose=${onAnswer} />`
  }
  if (field.type === 'checkbox') return html`<${Tick} ...${common} ticked=${value === true} onTick=${onAnswer} />`
  return html`<${Control} ...${common} field=${field} value=${value ?? ''} onAnswer=${onAnswer} />`
}

function Control({ label, hint, complaint, field, value, onAnswer }) {
  const id = useId()
  const shared = {
    id,
    'aria-invalid': complaint ? 'true' : undefined,
    'aria-describedby': `${id}-hint ${id}-complaint`,
    value,
    onInput: (event) => onAnswer(event.target.value),
  }
  return html`<div class="field">
    <label for=${id}>${label}</label>
    ${field.type === 'select'
      ? html`<select ...${shared}>
          <option value="">Choose one</option>
          ${field.options.map((option) => html`<option key=${option} value=${option}>${option}</option>`)}
        </select>`
      : html`<textarea rows="5" maxlength="10000" dir="auto" ...${shared}></textarea>`}
    <${Told} id=${id} hint=${hint} complaint=${complaint} />
  </div>`
}

function Tick({ label, hint, complaint, ticked, onTick }) {
  const id = useId()
  return html`<div class="field">
    <label class="choice">
      <input type="checkbox" checked=${ticked} onChange=${(event) => onTick(event.target.checked)}
        aria-invalid=${complaint ? 'true' : undefined} aria-describedby=${`${id}-hint ${id}-complaint`} />
      <span>${label}</span>
    </label>
    <${Told} id=${id} hint=${hint} complaint=${complaint} />
  </div>`
}

function Told({ id, hint, complaint }) {
  return html`<p class="quiet" id=${`${id}-hint`}>${hint}</p>
    <p class="complaint" id=${`${id}-complaint`} role="alert">${complaint}</p>`
}
