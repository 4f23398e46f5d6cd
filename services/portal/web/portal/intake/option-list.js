import { html, useId } from '../../lib/ui.js'

/** Any number of options, in the order in which they are offered. */
export function OptionList({ label, hint = '', complaint = '', options, chosen, onChoose }) {
  const id = useId()
  const choose = (option, ticked) =>
    onChoose(options.filter((one) => (one === option ? ticked : chosen.includes(one))))
  return html`<fieldset class="field" aria-describedby=${`${id}-hint ${id}-complaint`}>
    <legend>${label}</legend>
    ${options.map(
      (option) => html`<label class="choice" key=${option}>
        <input type="checkbox" checked=${chosen.includes(option)} aria-invalid=${complaint ? 'true' : undefined}
          onChange=${(event) => choose(option, event.target.checked)} />
        <span dir="auto">${option}</span>
      </label>`,
    )}
    <p class="quiet" id=${`${id}-hint`}>${hint}</p>
    <p class="complaint" id=${`${id}-complaint`} role="alert">${complaint}</p>
  </fieldset>`
}
