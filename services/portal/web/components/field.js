import { html, useEffect, useId, useRef } from '../lib/ui.js'

/** One labelled field with a hint and, once it is refused, a complaint. */
export function Field({ label, value, onType, hint = '', complaint = '', focus = false, children, ...rest }) {
  const id = useId()
  const field = useRef(null)
  useEffect(() => {
    if (focus) field.current?.focus()
  }, [focus])
  return html`<div class="field">
    <label for=${id}>${label}</label>
    <div class="field-row">
      <input id=${id} ref=${field} value=${value} onInput=${(event) => onType(event.target.value)}
        aria-invalid=${complaint ? 'true' : undefined} aria-describedby=${`${id}-hint ${id}-complaint`} ...${rest} />
      ${children}
    </div>
    <p class="quiet" id=${`${id}-hint`}>${hint}</p>
    <p class="complaint" id=${`${id}-complaint`} role="alert">${complaint}</p>
  </div>`
}
