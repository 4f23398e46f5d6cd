import { html } from '../lib/ui.js'
import { Button } from './button.js'

/** A page that says one thing: why there is nothing to show, and what to do. */
export function MessagePage({ title, children, action, onAction }) {
  return html`<main class="message-page" id="main">
    <h1>${title}</h1>
    <p>${children}</p>
    ${action && html`<${Button} kind="primary" onPress=${onAction}>${action}<//>`}
  </main>`
}
