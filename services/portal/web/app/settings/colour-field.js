import { Field } from '../../components/field.js'
import { html } from '../../lib/ui.js'

/** A colour as `#0F766E`, typed or picked. */
export function ColourField({ label, value, onType, complaint }) {
  return html`<${Field} label=${label} value=${value} onType=${onType} complaint=${complaint} maxlength="7" dir="ltr" spellcheck=${false} autocomplete="off">
    <input type="color" class="colour-pick" aria-label=${label} value=${/^#[0-9a-f]{6}$/i.test(value) ? value : '#000000'}
      onInput=${(event) => onType(event.target.value.toUpperCase())} />
  <//>`
}
