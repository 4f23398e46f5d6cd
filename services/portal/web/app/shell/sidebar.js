import { html } from '../../lib/ui.js'
import { House } from './house.js'
import { MemberMenu } from './member-menu.js'
import { NewMenu } from './new-menu.js'
import { Places } from './places.js'
import { RunningTimer } from './running-timer.js'
import { SearchButton } from './search-button.js'

/** Beside every page on a desk. */
export function Sidebar({ path, waiting, onSearch, onHelp, onAppearance }) {
  return html`<header class="sidebar">
    <${House} />
    <div class="sidebar-tools"><${SearchButton} onPress=${onSearch} /><${NewMenu} /></div>
    <${Places} ...${{ path, waiting }} />
    <div class="sidebar-foot">
      <${RunningTimer} />
      <${MemberMenu} ...${{ onHelp, onAppearance }} />
    </div>
  </header>`
}
