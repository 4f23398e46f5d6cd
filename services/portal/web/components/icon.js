import { html } from '../lib/ui.js'

const SPRITE = new URL('../icons.svg', import.meta.url).pathname
// They point along the line of reading, and turn with it.
const DIRECTED = /^(arrow|chevron)-(left|right)$|^(undo-2|reply|send|log-in|log-out|panel-left|list)$/

/** An icon of icons.svg by its name. Beside words it says nothing; where it stands alone, `label` says what it means. */
export function Icon({ name, label = '', turning = false }) {
  const kind = `icon ${DIRECTED.test(name) ? 'icon-directed' : ''} ${turning ? 'icon-turning' : ''}`
  const spoken = label ? { role: 'img', 'aria-label': label } : { 'aria-hidden': 'true' }
  return html`<svg class=${kind.trim()} focusable="false" ...${spoken}><use href=${`${SPRITE}#${name}`} /></svg>`
}
