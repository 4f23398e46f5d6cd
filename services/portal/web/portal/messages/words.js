import { html } from '../../lib/ui.js'

const ADDRESS = /(https?:\/\/[^\s<>"']+[^\s<>"'.,;:!?)\]])/

/** A text as it was written, its web addresses as links. */
export function Words({ text }) {
  return html`<p class="message-text" dir="auto">
    ${text.split(ADDRESS).map((part, at) => (at % 2 ? html`<a href=${part} target="_blank" rel="noreferrer noopener nofollow">${part}</a>` : part))}
  </p>`
}
