// One lead: what somebody wrote, and what is made of it.
import { Bones } from '../../components/bones.js'
import { Button } from '../../components/button.js'
import { Card } from '../../components/card.js'
import { DefinitionList } from '../../components/definition-list.js'
import { ErrorState } from '../../components/error-state.js'
import { Link } from '../../components/link.js'
import { Menu } from '../../components/menu.js'
import { NothingHere } from '../../components/nothing-here.js'
import { PageHead } from '../../components/page-head.js'
import { Select } from '../../components/select.js'
import { When } from '../../components/when.js'
import { goTo } from '../../lib/place.js'
import { t } from '../../lib/texts.js'
import { toast } from '../../lib/toasts.js'
import { html, useState } from '../../lib/ui.js'
import { explain } from '../../lib/words.js'
import { patch } from '../lib/api.js'
import { useOne } from '../lib/use-one.js'
import { useTitle } from '../lib/use-title.js'
import { removePaper } from '../papers/removing.js'
import { answersOf } from './answers.js'
import { ConvertDialog } from './convert-dialog.js'
import { LeadNote } from './lead-note.js'
import { LeadState, STATES } from './states.js'

export default function LeadPage({ id }) {
  const path = `/api/leads/${id}`
  const { phase, value: lead, set, reload } = useOne(path)
  const [converting, setConverting] = useState(false)
  useTitle(lead?.name)
  if (phase === 'missing') return html`<${NothingHere} home="/app/leads" />`
  if (phase === 'failed') return html`<main id="main" tabindex="-1"><${ErrorState} onRetry=${reload} /></main>`
  if (!lead) return html`<main id="main" tabindex="-1" aria-busy="true"><${Bones} shape="cards" count=${2} /></main>`
  const change = async (changes) => {
    const before = lead
    set(changes)
    try {
      set(await patch(path, changes))
    } catch (refusal) {
      set(before)
      toast({ tone: 'danger', text: explain(refusal) })
    }
  }
  const leave = () => {
    removePaper(path, t('app.leads.deleted', { name: lead.name }))
    goTo('/app/leads')
  }
  const actions = html`<${Ways} ...${{ lead, change, leave }} onConvert=${() => setConverting(true)} />`
  return html`<main id="main" tabindex="-1">
    <${PageHead} title=${lead.name} back=${{ to: '/app/leads', name: t('app.leads.title') }} badge=${html`<${LeadState} lead=${lead} />`}
      lead=${html`<a href=${`mailto:${lead.email}`} dir="auto">${lead.email}</a>`} actions=${actions} />
    <div class="lead-page">
      <${Card} title=${t('app.leads.wrote')} lead=${html`<${When} at=${lead.createdAt} /> · <bdi>${lead.formName}</bdi>`}>
        ${lead.message && html`<p class="long-text" dir="auto">${lead.message}</p>`}
        <${DefinitionList} items=${answersOf(lead)} />
      <//>
      <div class="lead-side">
        <${Card} title=${t('app.leads.next')}><${Next} lead=${lead} onChange=${change} /><//>
        <${LeadNote} lead=${lead} onSaved=${set} />
      </div>
    </div>
    <${ConvertDialog} open=${converting} lead=${lead} onClose=${() => setConverting(false)} />
  </main>`
}

function Ways({ lead, change, leave, onConvert }) {
  const items = [
    { label: t(lead.spam ? 'app.leads.no_spam' : 'app.leads.is_spam'), icon: 'shield', onPress: () => change({ spam: !lead.spam }) },
    { label: t('app.leads.delete'), icon: 'trash-2', tone: 'danger', onPress: leave },
  ]
  return html`${!lead.convertedAt && !lead.spam && html`<${Button} kind="primary" icon="user-plus" onPress=${onConvert}>${t('app.leads.convert')}<//>`}
    <${Menu} items=${items} />`
}

function Next({ lead, onChange }) {
  if (lead.convertedAt) {
    return html`<p>${t('app.leads.converted', { when: html`<${When} at=${lead.convertedAt} />` })}</p>
      <p class="actions">
        <${Link} to=${`/app/clients/${lead.clientId}`}>${t('app.leads.to_client')}<//>
        <${Link} to=${`/app/projects/${lead.projectId}`}>${t('app.leads.to_project')}<//>
      </p>`
  }
  const options = STATES.map((value) => ({ value, label: t(`app.leads.states.${value}`) }))
  return html`<${Select} label=${t('app.leads.state')} value=${lead.status} options=${options} onChoose=${(status) => onChange({ status })} />`
}
