import { html, useEffect, useId, useRef } from '../lib/ui.js'
import { described, FieldFrame } from './field-frame.js'

/** Text of several lines, which grows with what is typed from `rows` lines on. */
export function TextArea({ label, value, onType, hint, complaint, optional, bare, rows = 4, focus = false, children, ...rest }) {
  const id = useId()
  const field = useRef(null)
  useEffect(() => {
    field.current.style.setProperty('--rows', rows)
  }, [rows])
  useEffect(() => {
    if (focus) field.current?.focus()
  }, [focus])
  return html`<${FieldFrame} ...${{ id, label, hint, complaint, optional, bare }}>
    <textarea ref=${field} rows=${rows} value=${value} dir="auto" onInput=${(event) => onType(event.target.value)}
      ...${described(id, complaint)} ...${rest}></textarea>
    ${children}
  <//>`
}
