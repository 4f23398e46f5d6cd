// One client: the way into their portal, their work, their money and what was said.
import { Bones } from '../../components/bones.js'
import { Button } from '../../components/button.js'
import { ErrorState } from '../../components/error-state.js'
import { Link } from '../../components/link.js'
import { LinkButton } from '../../components/link-button.js'
import { Menu } from '../../components/menu.js'
import { NothingHere } from '../../components/nothing-here.js'
import { PageHead } from '../../components/page-head.js'
import { t } from '../../lib/texts.js'
import { html, useState } from '../../lib/ui.js'
import { useLive } from '../lib/live.js'
import { isAdmin } from '../lib/session.js'
import { useOne } from '../lib/use-one.js'
import { useTitle } from '../lib/use-title.js'
import { ClientActivity } from './client-activity.js'
import { ClientMessages } from './client-messages.js'
import { ClientMoney } from './client-money.js'
import { ClientProjects } from './client-projects.js'
import { DeleteClient } from './delete-client.js'
import { EditClient } from './edit-client.js'
import { EraseClient } from './erase-client.js'
import { PortalLink } from './portal-link.js'

export default function ClientPage({ id }) {
  const { phase, value: client, set, reload } = useOne(`/api/clients/${id}`)
  const [asked, setAsked] = useState('')
  useTitle(client?.name)
  useLive(['client.updated'], ({ data }) => data.id === id && reload())
  if (phase === 'missing') return html`<${NothingHere} home="/app/clients" />`
  if (phase === 'failed') return html`<main id="main" tabindex="-1"><${ErrorState} onRetry=${reload} /></main>`
  if (!client) return html`<main id="main" tabindex="-1" aria-busy="true"><${Bones} shape="cards" count=${4} /></main>`
  const close = () => setAsked('')
  return html`<main id="main" tabindex="-1">
    <${PageHead} title=${client.name} back=${{ to: '/app/clients', name: t('app.clients.title') }} lead=${html`<${Lead} client=${client} />`}
      actions=${html`<${Actions} client=${client} onAsk=${setAsked} />`} />
    <div class="client-page">
      <div class="client-main">
        <${ClientProjects} client=${client} />
        <${ClientMoney} client=${client} />
        <${ClientMessages} client=${client} />
      </div>
      <div class="client-side">
        <${PortalLink} holder=${{ type: 'contact', id: client.id }} name=${client.name} canInvite=${Boolean(client.email)} />
        <${ClientActivity} client=${client} />
      </div>
    </div>
    <${EditClient} open=${asked === 'edit'} client=${client} onClose=${close} onSaved=${set} />
    <${DeleteClient} open=${asked === 'delete'} client=${client} onClose=${close} />
    <${EraseClient} open=${asked === 'erase'} client=${client} onClose=${close} />
  </main>`
}

function Lead({ client }) {
  return html`<span class="client-lead">
    ${client.company && (client.companyId
      ? html`<${Link} to=${`/app/companies/${client.companyId}`} dir="auto">${client.company}<//>`
      : html`<bdi>${client.company}</bdi>`)}
    ${client.email && html`<a href=${`mailto:${client.email}`} dir="auto">${client.email}</a>`}
  </span>`
}

function Actions({ client, onAsk }) {
  const items = [
    { label: t('app.clients.new_quote'), icon: 'file-text', to: `/app/quotes/new?clientId=${client.id}` },
    { label: t('app.clients.new_contract'), icon: 'signature', to: `/app/contracts/new?clientId=${client.id}` },
    { label: t('app.clients.new_project'), icon: 'folder', to: `/app/projects?client=${client.id}&new=1` },
    { label: t('app.clients.statement'), icon: 'list', href: `/api/invoices/statement?clientId=${client.id}&format=pdf` },
    isAdmin() && { label: t('app.clients.delete'), icon: 'trash-2', tone: 'danger', onPress: () => onAsk('delete') },
    isAdmin() && { label: t('app.clients.erase'), icon: 'trash-2', tone: 'danger', onPress: () => onAsk('erase') },
  ]
  return html`<${Button} icon="pencil" onPress=${() => onAsk('edit')}>${t('app.clients.edit')}<//>
    <${LinkButton} kind="primary" icon="receipt" to=${`/app/invoices/new?clientId=${client.id}`}>${t('app.clients.new_invoice')}<//>
    <${Menu} items=${items} />`
}
