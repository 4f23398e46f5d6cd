import { goTo } from '../lib/place.js'
import { html } from '../lib/ui.js'

/** A link to another page of the same face, which keeps what the tab's history entry remembers. */
export function Link({ to, children, ...rest }) {
  const follow = (event) => {
    if (event.metaKey || event.ctrlKey || event.shiftKey || event.altKey || event.button > 0) return
    event.preventDefault()
    goTo(to)
  }
  return html`<a href=${to} onClick=${follow} ...${rest}>${children}</a>`
}
