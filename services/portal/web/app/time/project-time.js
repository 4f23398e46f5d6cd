// The time of one project.
import { Button } from '../../components/button.js'
import { t } from '../../lib/texts.js'
import { html, useState } from '../../lib/ui.js'
import { useQuery } from '../lib/use-query.js'
import { TimeBoard, useEntries } from './time-board.js'
import { TimeWindows } from './time-windows.js'

export default function ProjectTime({ project }) {
  const [query, change] = useQuery()
  const [open, setOpen] = useState('')
  const [entry, setEntry] = useState(null)
  const list = useEntries(query, project)
  return html`<div class="part-head part-head-end">
      <${Button} kind="primary" icon="plus" onPress=${() => setEntry({})}>${t('app.time.add')}<//>
      <${Button} icon="receipt" onPress=${() => setOpen('invoice')}>${t('app.time.invoice')}<//>
    </div>
    <${TimeBoard} ...${{ project, query, change, list }} onEdit=${setEntry} />
    <${TimeWindows} ...${{ open, entry, project, query, list }} onOpen=${setOpen} onEdit=${setEntry} />`
}
