import { html } from '../lib/ui.js'
import { Field } from './field.js'

/** A day as `2026-03-01`, chosen or typed the way the browser's own language has it. */
export function DateField({ value, ...rest }) {
  return html`<${Field} kind="date" type="date" value=${(value ?? '').slice(0, 10)} ...${rest} />`
}
