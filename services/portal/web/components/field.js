import { html, useEffect, useId, useRef } from '../lib/ui.js'
import { described, FieldFrame } from './field-frame.js'
import { Icon } from './icon.js'

/** One line of text with its label, a hint and, once it is refused, a complaint. `icon` stands in front of the text. */
export function Field({ label, value, onType, hint, complaint, optional, bare, kind, icon, focus = false, children, ...rest }) {
  const id = useId()
  const field = useRef(null)
  useEffect(() => {
    if (focus) field.current?.focus()
  }, [focus])
  return html`<${FieldFrame} ...${{ id, label, hint, complaint, optional, bare, kind }}>
    ${icon && html`<span class="field-before"><${Icon} name=${icon} /></span>`}
    <input ref=${field} value=${value} onInput=${(event) => onType(event.target.value)} dir=${rest.type ? undefined : 'auto'}
      ...${described(id, complaint)} ...${rest} />
    ${children}
  <//>`
}
