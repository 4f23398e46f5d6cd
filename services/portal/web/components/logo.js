import { html, useState } from '../lib/ui.js'

/** The portal's logo; its name where there is none or the picture does not come. */
export function Logo({ settings, name }) {
  const [missing, setMissing] = useState(false)
  if (!settings.portal_logo || missing) return html`<span class="portal-name" dir="auto">${name}</span>`
  return html`<img class="logo" src=${`/${settings.portal_logo}`} alt=${name} onError=${() => setMissing(true)} />`
}
