import { Icon } from '../../components/icon.js'
import { Kbd } from '../../components/kbd.js'
import { t } from '../../lib/texts.js'
import { html } from '../../lib/ui.js'

/** Opens search and commands. */
export function SearchButton({ onPress }) {
  return html`<button type="button" class="search-button" aria-keyshortcuts="Control+K Meta+K" onClick=${onPress}>
    <${Icon} name="search" /><span class="one-line">${t('app.shell.search')}</span><span aria-hidden="true"><${Kbd} keys="Mod K" /></span>
  </button>`
}
