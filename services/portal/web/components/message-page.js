import { html } from '../lib/ui.js'
import { Button } from './button.js'
import { LinkButton } from './link-button.js'

/** A page that says one thing: why there is nothing to show, and what to do: an action here, or a way elsewhere. */
export function MessagePage({ title, children, action, onAction, way }) {
  return html`<main class="message-page" id="main" tabindex="-1">
    <h1>${title}</h1>
    <p>${children}</p>
    ${action && html`<${Button} kind="primary" onPress=${onAction}>${action}<//>`}
    ${way && html`<${LinkButton} kind="primary" href=${way.to}>${way.name}<//>`}
  </main>`
}
