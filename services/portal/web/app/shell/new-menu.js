import { Menu } from '../../components/menu.js'
import { t } from '../../lib/texts.js'
import { html } from '../../lib/ui.js'
import { BEGINNINGS } from './sections.js'

/** What can be begun from anywhere. */
export function NewMenu() {
  return html`<${Menu} icon="plus" label=${t('app.shell.new')} items=${BEGINNINGS.map(({ to, name, icon }) => ({ to, icon, label: t(name) }))} />`
}
