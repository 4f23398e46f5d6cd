import { html, useId } from '../lib/ui.js'
import { described, FieldFrame } from './field-frame.js'
import { Icon } from './icon.js'

/** One of a few options. `empty` names the choice of none. */
export function Select({ label, value, options, onType, onChoose = onType, hint, complaint, optional, bare, empty = '', ...rest }) {
  const id = useId()
  return html`<${FieldFrame} ...${{ id, label, hint, complaint, optional, bare }}>
    <span class="select">
      <select value=${value ?? ''} onChange=${(event) => onChoose(event.target.value)} ...${described(id, complaint)} ...${rest}>
        ${empty && html`<option value="">${empty}</option>`}
        ${options.map((one) => html`<option key=${one.value} value=${one.value} disabled=${one.disabled}>${one.label}</option>`)}
      </select>
      <${Icon} name="chevron-down" />
    </span>
  <//>`
}
