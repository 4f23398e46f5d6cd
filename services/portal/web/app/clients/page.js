// All clients, and the companies that they belong to.
import { Button } from '../../components/button.js'
import { PageHead } from '../../components/page-head.js'
import { SearchField } from '../../components/search-field.js'
import { Tabs } from '../../components/tabs.js'
import { t } from '../../lib/texts.js'
import { html, useEffect, useState } from '../../lib/ui.js'
import { useWait } from '../../lib/use-wait.js'
import { useLive } from '../lib/live.js'
import { useList } from '../lib/use-list.js'
import { useQuery } from '../lib/use-query.js'
import { useTitle } from '../lib/use-title.js'
import { ClientList } from './client-list.js'
import { CompanyList } from './company-list.js'
import { NewClient } from './new-client.js'
import { NewCompany } from './new-company.js'

const KINDS = {
  clients: { path: '/api/clients', Rows: ClientList, New: NewClient, events: ['client.'] },
  companies: { path: '/api/companies', Rows: CompanyList, New: NewCompany, events: ['company.', 'client.'] },
}

export default function ClientsPage() {
  useTitle(t('app.clients.title'))
  const [{ show, q = '', new: asked = '' }, change] = useQuery()
  const kind = show === 'companies' ? 'companies' : 'clients'
  const { path, Rows, New, events } = KINDS[kind]
  const list = useList(path, { q, limit: 50 })
  useLive(events, list.reload)
  const create = () => change({ new: '1' })
  const tabs = [
    { key: 'clients', name: t('app.clients.title'), to: '/app/clients' },
    { key: 'companies', name: t('app.clients.companies'), to: '/app/clients?show=companies' },
  ]
  const action = html`<${Button} kind="primary" icon="plus" onPress=${create}>${t(`app.clients.new_${kind}`)}<//>`
  return html`<main id="main" tabindex="-1">
    <${PageHead} title=${t('app.clients.title')} actions=${action} />
    <${Tabs} label=${t('app.clients.kinds')} tabs=${tabs} value=${kind} />
    <${Finder} key=${kind} q=${q} label=${t(`app.clients.search_${kind}`)} onFind=${(next) => change({ q: next })} />
    <${Rows} list=${list} narrowed=${Boolean(q)} onCreate=${create} onClear=${() => change({ q: '' })} />
    <${New} open=${Boolean(asked)} onClose=${() => change({ new: '' })} />
  </main>`
}

function Finder({ q, label, onFind }) {
  const [text, setText] = useState(q)
  const find = useWait(onFind)
  useEffect(() => setText(q), [q])
  const type = (next) => {
    setText(next)
    find(next)
  }
  return html`<div class="client-finder"><${SearchField} label=${label} value=${text} onType=${type} /></div>`
}
