// All time of the agency.
import { Button } from '../../components/button.js'
import { Menu } from '../../components/menu.js'
import { PageHead } from '../../components/page-head.js'
import { t } from '../../lib/texts.js'
import { html, useState } from '../../lib/ui.js'
import { isAdmin } from '../lib/session.js'
import { useQuery } from '../lib/use-query.js'
import { useTitle } from '../lib/use-title.js'
import { TimeBoard, useEntries } from './time-board.js'
import { TimeWindows } from './time-windows.js'

export default function TimePage() {
  useTitle(t('app.time.title'))
  const [query, change] = useQuery()
  const [open, setOpen] = useState('')
  const [entry, setEntry] = useState(null)
  const list = useEntries(query)
  const actions = html`<${Button} kind="primary" icon="plus" onPress=${() => setEntry({})}>${t('app.time.add')}<//>
    <${Button} icon="receipt" onPress=${() => setOpen('invoice')}>${t('app.time.invoice')}<//>
    ${isAdmin() && html`<${Menu} label=${t('shared.ui.actions')}
      items=${[{ label: t('app.time.settings'), icon: 'settings', onPress: () => setOpen('settings') }]} />`}`
  return html`<main id="main" tabindex="-1">
    <${PageHead} title=${t('app.time.title')} actions=${actions} />
    <${TimeBoard} ...${{ query, change, list }} onEdit=${setEntry} />
    <${TimeWindows} ...${{ open, entry, query, list }} onOpen=${setOpen} onEdit=${setEntry} />
  </main>`
}
