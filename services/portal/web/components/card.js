import { html, useId } from '../lib/ui.js'

/** One thing on a surface of its own; `title` is a heading, `actions` stand beside it. */
export function Card({ title, actions, lead, children, level = 2 }) {
  const id = useId()
  return html`<section class="card" aria-labelledby=${title ? id : undefined}>
    ${(title || actions) &&
    html`<div class="card-head">
      <div>
        <${`h${level}`} id=${id}>${title}<//>
        ${lead && html`<p class="quiet">${lead}</p>`}
      </div>
      ${actions && html`<div class="card-actions">${actions}</div>`}
    </div>`}
    ${children}
  </section>`
}
