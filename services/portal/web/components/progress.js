import { percent } from '../lib/format.js'
import { html, useId } from '../lib/ui.js'

/** How far something is, `value` of 0 to 100. Its number stands beside it unless it is `bare`. */
export function Progress({ label, value, bare = false, text = percent(value) }) {
  const id = useId()
  return html`<div class="progress">
    ${!bare && html`<span class="progress-words"><label for=${id}>${label}</label><span class="quiet">${text}</span></span>`}
    <progress id=${id} max="100" value=${value} aria-label=${bare ? label : undefined} aria-valuetext=${text}></progress>
  </div>`
}
