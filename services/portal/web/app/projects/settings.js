// A project's facts, what its time costs, and the way to be rid of it.
import { Button } from '../../components/button.js'
import { Card } from '../../components/card.js'
import { ConfirmDialog } from '../../components/confirm-dialog.js'
import { goTo } from '../../lib/place.js'
import { t } from '../../lib/texts.js'
import { toast } from '../../lib/toasts.js'
import { html, useState } from '../../lib/ui.js'
import { explain } from '../../lib/words.js'
import { remove } from '../lib/api.js'
import { TimeSettings } from '../time/time-settings.js'
import { changeStatus } from './change-status.js'
import { FactsForm } from './facts-form.js'
import { nextOf } from './status.js'

export default function Settings({ project, onChange }) {
  return html`<div class="project-settings">
    <${Card} title=${t('app.projects.facts')}><${FactsForm} ...${{ project, onChange }} /><//>
    <${Card} title=${t('app.time.settings')} lead=${t('app.time.settings_of_project')}>
      <${TimeSettings} path=${`/api/projects/${project.id}/time-settings`} ofProject />
    <//>
    <${Ending} ...${{ project, onChange }} />
  </div>`
}

function Ending({ project, onChange }) {
  const [asking, setAsking] = useState(false)
  const erase = async () => {
    try {
      await remove(`/api/projects/${project.id}`)
      toast({ text: t('app.projects.deleted') })
      goTo('/app/projects')
      return true
    } catch (refusal) {
      toast({ tone: 'danger', text: explain(refusal) })
      return false
    }
  }
  return html`<${Card} title=${t('app.projects.end')}>
    <div class="settings-way">
      <p>${t('app.projects.archive_text')}</p>
      ${nextOf(project.status).includes('archived')
        ? html`<${Button} icon="archive" onPress=${() => changeStatus(project, 'archived', onChange)}>${t('app.projects.become.archived')}<//>`
        : html`<${Button} icon="play" onPress=${() => changeStatus(project, 'active', onChange)}>${t('app.projects.become.active')}<//>`}
    </div>
    <div class="settings-way">
      <p>${t('app.projects.delete_text')}</p>
      <${Button} icon="trash-2" onPress=${() => setAsking(true)}>${t('app.projects.delete')}<//>
    </div>
    <${ConfirmDialog} open=${asking} title=${t('app.projects.delete_title')} confirm=${t('app.projects.delete')} onConfirm=${erase}
      text=${t('app.projects.delete_sure', { name: html`<bdi>${project.name}</bdi>` })} onClose=${() => setAsking(false)} />
  <//>`
}
