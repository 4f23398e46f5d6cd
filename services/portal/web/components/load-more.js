import { t } from '../lib/texts.js'
import { html } from '../lib/ui.js'
import { Button } from './button.js'

/** The way to the rest of a list; nothing once all of it is on show. */
export function LoadMore({ more, onMore, count }) {
  if (!more) return null
  return html`<div class="load-more">
    <${Button} onPress=${onMore} icon="chevron-down">${t('shared.ui.load_more')}<//>
    ${count !== undefined && html`<span class="quiet">${t('shared.ui.shown', { count })}</span>`}
  </div>`
}
