// All projects, by status and client.
import { Button } from '../../components/button.js'
import { Chips } from '../../components/chips.js'
import { Combobox } from '../../components/combobox.js'
import { PageHead } from '../../components/page-head.js'
import { SearchField } from '../../components/search-field.js'
import { t } from '../../lib/texts.js'
import { html, useEffect, useState } from '../../lib/ui.js'
import { useWait } from '../../lib/use-wait.js'
import { clientOption, findClients } from '../lib/finding.js'
import { useLive } from '../lib/live.js'
import { useNames } from '../lib/names.js'
import { useList } from '../lib/use-list.js'
import { useQuery } from '../lib/use-query.js'
import { useTitle } from '../lib/use-title.js'
import { NewProject } from './new-project.js'
import { ProjectList } from './project-list.js'
import { STATUSES } from './status.js'

export default function ProjectsPage() {
  useTitle(t('app.projects.title'))
  const [{ status = '', client = '', q = '', new: asked = '' }, change] = useQuery()
  const list = useList('/api/projects', { status, clientId: client, q, limit: 50 })
  useLive(['project.'], list.reload)
  const client_ = useNames('clients', [client, ...list.rows.map(({ clientId }) => clientId)])
  const create = () => change({ new: '1' })
  const narrowed = Boolean(status || client || q)
  return html`<main id="main" tabindex="-1">
    <${PageHead} title=${t('app.projects.title')} actions=${html`<${Button} kind="primary" icon="plus" onPress=${create}>${t('app.projects.new')}<//>`} />
    <${Filters} ...${{ status, q, change }} client=${client ? clientOrId(client_(client), client) : null} />
    <${ProjectList} list=${list} nameOf=${client_} narrowed=${narrowed} onCreate=${create}
      onClear=${() => change({ status: '', client: '', q: '' })} />
    <${NewProject} open=${Boolean(asked)} client=${client_(client)} onClose=${() => change({ new: '' })} />
  </main>`
}

function Filters({ status, client, q, change }) {
  const [text, setText] = useState(q)
  const search = useWait((next) => change({ q: next }))
  useEffect(() => setText(q), [q])
  const type = (next) => {
    setText(next)
    search(next)
  }
  const options = [
    { value: '', label: t('app.projects.all') },
    ...STATUSES.map((value) => ({ value, label: t(`app.projects.status.${value}`) })),
  ]
  return html`<div class="work-filters">
    <${Chips} label=${t('app.projects.by_status')} options=${options} value=${status} onChoose=${(value) => change({ status: value })} />
    <div class="work-finders">
      <${SearchField} label=${t('app.projects.search')} value=${text} onType=${type} />
      <${Combobox} bare label=${t('app.projects.client')} placeholder=${t('app.projects.any_client')} value=${client} search=${findClients}
        onChoose=${(one) => change({ client: one?.value ?? '' })} />
    </div>
  </div>`
}

const clientOrId = (client, id) => (client ? clientOption(client) : { value: id, label: '…' })
