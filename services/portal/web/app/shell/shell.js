// The frame around every page of the dashboard: where one can go, and what one can do from anywhere.
import { Toasts } from '../../components/toasts.js'
import { t } from '../../lib/texts.js'
import { html, useState } from '../../lib/ui.js'
import { Appearance } from './appearance.js'
import { Offline } from './offline.js'
import { Palette } from './palette/palette.js'
import { ShortcutHelp } from './shortcut-help.js'
import { Sidebar } from './sidebar.js'
import { TopBar } from './top-bar.js'
import { useArrival } from './use-arrival.js'
import { useShortcuts } from './use-shortcuts.js'
import { useWaiting } from './use-waiting.js'

/** `arrival` is another value for another page, to which the reader is taken then. */
export function Shell({ path, arrival, children }) {
  const [open, setOpen] = useState('')
  const close = () => setOpen('')
  const page = useArrival(arrival)
  const waiting = useWaiting()
  useShortcuts({ palette: () => setOpen('palette'), help: () => setOpen('help') })
  const skip = (event) => {
    event.preventDefault()
    document.getElementById('main')?.focus()
  }
  const places = { path, waiting, onSearch: () => setOpen('palette'), onHelp: () => setOpen('help'), onAppearance: () => setOpen('appearance') }
  return html`<div class="shell">
    <a class="skip" href="#main" onClick=${skip}>${t('shared.skip')}</a>
    <${Sidebar} ...${places} />
    <${TopBar} ...${places} />
    <div class="shell-page" ref=${page} tabindex="-1">
      <${Offline} />
      ${children}
    </div>
    <${Palette} open=${open === 'palette'} onClose=${close} onHelp=${() => setOpen('help')} onAppearance=${() => setOpen('appearance')} />
    <${ShortcutHelp} open=${open === 'help'} onClose=${close} />
    <${Appearance} open=${open === 'appearance'} onClose=${close} />
    <${Toasts} />
  </div>`
}
