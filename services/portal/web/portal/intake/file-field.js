import { html, useEffect, useId, useRef } from '../../lib/ui.js'

/** One file to choose; without `file` nothing is chosen, also after the form was sent. */
export function FileField({ label, hint = '', complaint = '', file, onChoose }) {
  const id = useId()
  const input = useRef(null)
  useEffect(() => {
    if (!file && input.current) input.current.value = ''
  }, [file])
  return html`<div class="field">
    <label for=${id}>${label}</label>
    <input id=${id} ref=${input} type="file" onChange=${(event) => onChoose(event.target.files[0] ?? null)}
      aria-invalid=${complaint ? 'true' : undefined} aria-describedby=${`${id}-hint ${id}-complaint`} />
    <p class="quiet" id=${`${id}-hint`}>${hint ? `${hint} ` : ''}One file, 10 MB at most.</p>
    <p class="complaint" id=${`${id}-complaint`} role="alert">${complaint}</p>
  </div>`
}
