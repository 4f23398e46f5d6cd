import { html, useId } from '../lib/ui.js'

/** One of a few options, all in sight: [{value, label, hint}]. With `cards` each has a frame of its own. */
export function RadioGroup({ label, value, options, onType, onChoose = onType, hint = '', complaint = '', cards = false, bare = false }) {
  const id = useId()
  return html`<fieldset class="field" aria-describedby=${`${id}-hint ${id}-complaint`}>
    <legend class=${bare ? 'visually-hidden' : undefined}>${label}</legend>
    <p class="quiet" id=${`${id}-hint`}>${hint}</p>
    <div class=${cards ? 'radio-group radio-cards' : 'radio-group'}>
      ${options.map((one) => html`<label class="choice choice-wide" key=${one.value}>
        <input type="radio" name=${id} value=${one.value} checked=${one.value === value} disabled=${one.disabled}
          onChange=${() => onChoose(one.value)} />
        <span class="choice-text"><span>${one.label}</span>${one.hint && html`<span class="quiet">${one.hint}</span>`}</span>
      </label>`)}
    </div>
    <p class="complaint" id=${`${id}-complaint`} role="alert">${complaint}</p>
  </fieldset>`
}
