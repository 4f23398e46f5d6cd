import { html, useId } from '../lib/ui.js'

/** Something to tick. */
export function Checkbox({ label, on, value = on, onType, onSwitch = onType, hint = '', complaint = '', bare = false, ...rest }) {
  const id = useId()
  const input = html`<input type="checkbox" id=${id} checked=${Boolean(value)} aria-invalid=${complaint ? 'true' : undefined}
    aria-describedby=${`${id}-hint ${id}-complaint`} onChange=${(event) => onSwitch(event.target.checked)} ...${rest} />`
  return html`<div class="field field-choice">
    <label class="choice choice-wide" for=${id}>
      ${input}<span class=${bare ? 'visually-hidden' : 'choice-text'}>${label}</span>
    </label>
    <p class="quiet choice-hint" id=${`${id}-hint`}>${hint}</p>
    <p class="complaint choice-hint" id=${`${id}-complaint`} role="alert">${complaint}</p>
  </div>`
}
