import { Dialog } from '../../components/dialog.js'
import { Kbd } from '../../components/kbd.js'
import { Switch } from '../../components/switch.js'
import { hasSingleKeys, switchSingleKeys } from '../../lib/preferences.js'
import { t } from '../../lib/texts.js'
import { html, useState } from '../../lib/ui.js'
import { BEGINNINGS, SECTIONS } from './sections.js'

/** All keys that work anywhere. */
export function ShortcutHelp({ open, onClose }) {
  const general = [
    { keys: 'Mod K', label: t('app.shell.palette') },
    { keys: '?', label: t('app.shell.shortcuts') },
    { keys: 'Mod Enter', label: t('app.shell.key_send') },
    { keys: 'Escape', label: t('app.shell.key_close') },
  ]
  const [single, setSingle] = useState(hasSingleKeys)
  const choose = (on) => {
    setSingle(on)
    switchSingleKeys(on)
  }
  const pair = (first) => (one) => ({ keys: `${first.toUpperCase()} ${one.key.toUpperCase()}`, label: t(one.name) })
  return html`<${Dialog} title=${t('app.shell.shortcuts')} open=${open} onClose=${onClose}>
    <div class="shortcuts">
      <${Keys} title=${t('app.shell.keys_anywhere')} rows=${general} />
      <${Keys} title=${t('app.shell.keys_begin')} rows=${BEGINNINGS.map(pair('n'))} />
      <${Keys} title=${t('app.shell.keys_go')} rows=${SECTIONS.map(pair('g'))} />
    </div>
    <${Switch} label=${t('app.shell.single_keys')} hint=${t('app.shell.single_keys_hint')} on=${single} onSwitch=${choose} />
  <//>`
}

function Keys({ title, rows }) {
  return html`<section>
    <h3>${title}</h3>
    <dl>${rows.map(({ keys, label }) => html`<div key=${keys}><dt>${label}</dt><dd><${Kbd} keys=${keys} /></dd></div>`)}</dl>
  </section>`
}
