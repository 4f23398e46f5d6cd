import { Button } from '../../components/button.js'
import { LinkButton } from '../../components/link-button.js'
import { Menu } from '../../components/menu.js'
import { NoticeBox } from '../../components/notice.js'
import { t } from '../../lib/texts.js'
import { toast } from '../../lib/toasts.js'
import { html } from '../../lib/ui.js'
import { post } from '../lib/api.js'
import { removePaper } from '../papers/removing.js'
import { useAct } from '../papers/use-act.js'

/** Pausing is undone by resuming; a pause's own days have no invoices, so an undo at once loses none. */
export function RecurringActions({ recurring, onChanged, onReload, onDeleted }) {
  const { id, status, client } = recurring
  const path = `/api/recurring-invoices/${id}`
  const act = useAct(onReload)
  const resume = async () => {
    const resumed = await act('resume', (key) => post(`${path}/resume`, {}, key), t('app.recurring.resumed'))
    if (resumed) onChanged(resumed)
  }
  const pause = async () => {
    const paused = await act('pause', (key) => post(`${path}/pause`, {}, key))
    if (!paused) return
    onChanged(paused)
    toast({ text: t('app.recurring.paused'), undo: resume })
  }
  const remove = () => {
    removePaper(path, t('app.recurring.deleted', { name: client.name }))
    onDeleted()
  }
  const canPause = status === 'active' || status === 'failed'
  const items = [
    status === 'failed' && { label: t('app.recurring.pause'), icon: 'pause', onPress: pause },
    { label: t('app.recurring.delete'), icon: 'trash-2', tone: 'danger', onPress: remove },
  ]
  return html`<div class="paper-actions">
    ${canPause && status !== 'failed' && html`<${Button} icon="pause" onPress=${pause}>${t('app.recurring.pause')}<//>`}
    ${status === 'paused' && html`<${Button} kind="primary" icon="play" onPress=${resume}>${t('app.recurring.resume')}<//>`}
    <${LinkButton} kind=${status === 'failed' ? 'primary' : 'quiet'} to=${`/app/invoices/recurring/${id}/edit`} icon="pencil">${t('app.papers.edit')}<//>
    <${Menu} label=${t('app.papers.more_for', { name: client.name })} items=${items} />
  </div>`
}

/** Why an invoice could not go out, and the way out: mend what is told, then go on with the day that failed. */
export function RecurringFailure({ recurring, onChanged, onReload }) {
  const act = useAct(onReload)
  const retry = async () => {
    const resumed = await act('retry', (key) => post(`/api/recurring-invoices/${recurring.id}/resume`, {}, key), t('app.recurring.resumed'))
    if (resumed) onChanged(resumed)
  }
  return html`<${NoticeBox} tone="danger" title=${t('app.recurring.failed')} actions=${html`<${Button} icon="play" onPress=${retry}>${t('app.recurring.retry')}<//>`}>
    <span dir="auto">${recurring.error}</span>
  <//>`
}
