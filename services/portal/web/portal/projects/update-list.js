import { moment } from '../../lib/format.js'
import { html } from '../../lib/ui.js'

export function UpdateList({ updates }) {
  return html`<ol class="updates">
    ${updates.map(
      (update) => html`<li key=${update.id} class="card">
        <p class="quiet">
          <time datetime=${update.publishedAt}>${moment(update.publishedAt)}</time>
          ${update.aiGenerated && ' · written with the help of AI'}
        </p>
        <p class="long-text">${update.content}</p>
      </li>`,
    )}
  </ol>`
}
