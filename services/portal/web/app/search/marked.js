import { html } from '../../lib/ui.js'

/** A text with what was looked for in it marked. */
export function Marked({ text, q }) {
  const at = q ? text.toLocaleLowerCase().indexOf(q.toLocaleLowerCase()) : -1
  if (at < 0) return text
  const end = at + q.length
  return html`${text.slice(0, at)}<mark>${text.slice(at, end)}</mark>${text.slice(end)}`
}
