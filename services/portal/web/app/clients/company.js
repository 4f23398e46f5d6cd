// A company: whose people share one portal, and who they are.
import { Bones } from '../../components/bones.js'
import { Button } from '../../components/button.js'
import { ConfirmDialog } from '../../components/confirm-dialog.js'
import { ErrorState } from '../../components/error-state.js'
import { Menu } from '../../components/menu.js'
import { NothingHere } from '../../components/nothing-here.js'
import { PageHead } from '../../components/page-head.js'
import { goTo } from '../../lib/place.js'
import { t } from '../../lib/texts.js'
import { toast } from '../../lib/toasts.js'
import { html, useState } from '../../lib/ui.js'
import { explain } from '../../lib/words.js'
import { remove } from '../lib/api.js'
import { useLive } from '../lib/live.js'
import { isAdmin } from '../lib/session.js'
import { useList } from '../lib/use-list.js'
import { useOne } from '../lib/use-one.js'
import { useTitle } from '../lib/use-title.js'
import { ClientList } from './client-list.js'
import { NewClient } from './new-client.js'
import { NewCompany } from './new-company.js'
import { PortalLink } from './portal-link.js'

export default function CompanyPage({ id }) {
  const { phase, value: company, set, reload } = useOne(`/api/companies/${id}`)
  const clients = useList('/api/clients', { companyId: id, limit: 50 })
  const [asked, setAsked] = useState('')
  useTitle(company?.name)
  useLive(['client.'], clients.reload)
  if (phase === 'missing') return html`<${NothingHere} home="/app/clients?show=companies" />`
  if (phase === 'failed') return html`<main id="main" tabindex="-1"><${ErrorState} onRetry=${reload} /></main>`
  if (!company) return html`<main id="main" tabindex="-1" aria-busy="true"><${Bones} shape="cards" count=${2} /></main>`
  const close = () => setAsked('')
  const add = () => setAsked('client')
  const items = [
    { label: t('app.clients.rename_company'), icon: 'pencil', onPress: () => setAsked('rename') },
    isAdmin() && { label: t('app.clients.delete'), icon: 'trash-2', tone: 'danger', onPress: () => setAsked('delete') },
  ]
  const actions = html`<${Button} kind="primary" icon="plus" onPress=${add}>${t('app.clients.new_clients')}<//><${Menu} items=${items} />`
  return html`<main id="main" tabindex="-1">
    <${PageHead} title=${company.name} back=${{ to: '/app/clients?show=companies', name: t('app.clients.companies') }} actions=${actions} />
    <div class="client-page">
      <div class="client-main"><${ClientList} list=${clients} narrowed=${false} onCreate=${add} /></div>
      <div class="client-side"><${PortalLink} holder=${{ type: 'company', id }} name=${company.name} canInvite=${clients.rows.length > 0} /></div>
    </div>
    <${NewClient} open=${asked === 'client'} company=${company} onClose=${close} />
    <${NewCompany} open=${asked === 'rename'} company=${company} onClose=${close} onSaved=${set} />
    <${DeleteCompany} open=${asked === 'delete'} company=${company} onClose=${close} />
  </main>`
}

function DeleteCompany({ open, company, onClose }) {
  const [complaint, setComplaint] = useState('')
  const go = async () => {
    try {
      await remove(`/api/companies/${company.id}`)
      toast({ text: t('app.clients.deleted', { name: company.name }) })
      goTo('/app/clients?show=companies')
      return true
    } catch (refusal) {
      setComplaint(explain(refusal))
      return false
    }
  }
  return html`<${ConfirmDialog} open=${open} title=${t('app.clients.delete_title', { name: company.name })} text=${t('app.clients.delete_company_text')}
    confirm=${t('app.clients.delete')} onConfirm=${go} onClose=${onClose}>
    <p class="complaint" role="alert">${complaint}</p>
  <//>`
}
