import { t } from '../../lib/texts.js'
import { html, useId } from '../../lib/ui.js'

/** Any number of options, in the order in which they are offered. */
export function OptionList({ label, hint = '', complaint = '', optional = false, options, chosen, onChoose }) {
  const id = useId()
  const choose = (option, ticked) => onChoose(options.filter((one) => (one === option ? ticked : chosen.includes(one))))
  return html`<fieldset class="field" aria-describedby=${`${id}-hint ${id}-complaint`}>
    <legend>${label}${optional && html` <span class="optional">${t('shared.ui.optional')}</span>`}</legend>
    <p class="quiet" id=${`${id}-hint`}>${hint}</p>
    <div>
      ${options.map((option) => html`<label class="choice choice-wide" key=${option}>
        <input type="checkbox" checked=${chosen.includes(option)} aria-invalid=${complaint ? 'true' : undefined}
          onChange=${(event) => choose(option, event.target.checked)} />
        <span class="choice-text" dir="auto">${option}</span>
      </label>`)}
    </div>
    <p class="complaint" id=${`${id}-complaint`} role="alert">${complaint}</p>
  </fieldset>`
}
