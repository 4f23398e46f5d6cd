import { html } from '../lib/ui.js'
import { Icon } from './icon.js'
import { Link } from './link.js'

/** A link that looks like a button: `to` a page of this face, or `href` an address that the browser itself opens. */
export function LinkButton({ to, href, kind = 'quiet', icon, children, ...rest }) {
  const inside = html`${icon && html`<${Icon} name=${icon} />`}${children}`
  const look = `button button-${kind}`
  return to ? html`<${Link} to=${to} class=${look} ...${rest}>${inside}<//>` : html`<a href=${href} class=${look} ...${rest}>${inside}</a>`
}
