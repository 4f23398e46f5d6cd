import { Drawer } from '../../components/drawer.js'
import { IconButton } from '../../components/icon-button.js'
import { t } from '../../lib/texts.js'
import { html, useEffect, useState } from '../../lib/ui.js'
import { me } from '../lib/session.js'
import { House } from './house.js'
import { MemberMenu } from './member-menu.js'
import { NewMenu } from './new-menu.js'
import { Places } from './places.js'
import { RunningTimer } from './running-timer.js'

/** Above every page on a phone; its first button opens what stands in the sidebar elsewhere. */
export function TopBar({ path, waiting, onSearch, onHelp, onAppearance }) {
  const [open, setOpen] = useState(false)
  const close = () => setOpen(false)
  useEffect(close, [path])
  const then = (action) => () => {
    close()
    action()
  }
  return html`<header class="top-bar">
    <span class="top-bar-menu">
      <${IconButton} icon="menu" label=${t('app.shell.menu')} aria-expanded=${open} onPress=${() => setOpen(true)} />
      ${waiting > 0 && html`<span class="top-bar-dot"></span><span class="visually-hidden">${t('app.shell.waiting', { count: waiting })}</span>`}
    </span>
    <${House} />
    <${IconButton} icon="search" label=${t('app.shell.search')} onPress=${onSearch} />
    <${NewMenu} />
    <${Drawer} side="start" title=${html`<bdi class="clamp">${me.value.agency.name}</bdi>`} open=${open} onClose=${close}>
      <div class="drawer-places">
        <${Places} ...${{ path, waiting }} onGo=${close} />
        <div class="sidebar-foot">
          <${RunningTimer} />
          <${MemberMenu} onHelp=${then(onHelp)} onAppearance=${then(onAppearance)} />
        </div>
      </div>
    <//>
  </header>`
}
