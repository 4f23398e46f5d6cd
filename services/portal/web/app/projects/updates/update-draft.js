import { Badge } from '../../../components/badge.js'
import { Button } from '../../../components/button.js'
import { ConfirmDialog } from '../../../components/confirm-dialog.js'
import { TextArea } from '../../../components/text-area.js'
import { t } from '../../../lib/texts.js'
import { toast } from '../../../lib/toasts.js'
import { html, useState } from '../../../lib/ui.js'
import { useForm } from '../../../lib/use-form.js'
import { explain } from '../../../lib/words.js'
import { patch, post } from '../../lib/api.js'
import { UpdateSheet } from './update-sheet.js'

/** A draft: its words beside what the client will see. Publishing cannot be taken back, so it asks first. */
export function UpdateDraft({ update, client, focus, onChange, onDiscard }) {
  const [asking, setAsking] = useState(false)
  const form = useForm({
    initial: { content: update.content },
    draft: `app.update.${update.id}`,
    check: ({ content }) => ({ content: content.trim() ? '' : t('app.projects.words_missing') }),
    send: ({ content }, key) => patch(`/api/ai/${update.id}`, { content }, key),
    done: (saved) => onChange(saved),
  })
  const { content } = form.values
  const save = async () => (await form.submit()) && toast({ text: t('app.projects.draft_saved') })
  const publish = async () => {
    if (content !== update.content && !(await form.submit())) return
    try {
      onChange(await post(`/api/ai/${update.id}/publish`))
      toast({ text: t('app.projects.update_published') })
    } catch (refusal) {
      toast({ tone: 'danger', text: explain(refusal) })
    }
  }
  const name = client ? html`<bdi>${client.name}</bdi>` : t('app.projects.the_client')
  return html`<section class="card update-draft" aria-label=${t('app.projects.draft')}>
    <div class="update-sides">
      <form ref=${form.form} onSubmit=${form.submit} novalidate>
        <p class="update-kind"><${Badge} tone="warning">${t('app.projects.draft')}<//>${update.aiGenerated && html`<span
          class="quiet">${t('app.projects.with_ai')}</span>`}</p>
        <${TextArea} label=${t('app.projects.words')} rows=${10} maxlength="10000" focus=${focus} ...${form.bind('content')}
          complaint=${form.complaints.content ?? form.complaints.all ?? ''} />
      </form>
      <div class="update-preview"><${UpdateSheet} update=${{ ...update, content }} lead=${t('app.projects.client_sees', { name })} /></div>
    </div>
    <div class="actions">
      <${Button} kind="primary" icon="send" onPress=${() => setAsking(true)}>${t('app.projects.publish')}<//>
      <${Button} onPress=${save} disabled=${content === update.content}>${t('app.projects.save_draft')}<//>
      <${Button} kind="plain" onPress=${onDiscard}>${t('app.projects.discard')}<//>
    </div>
    <${ConfirmDialog} open=${asking} tone="primary" title=${t('app.projects.publish_title')} text=${t('app.projects.publish_text', { name })}
      confirm=${t('app.projects.publish')} onConfirm=${publish} onClose=${() => setAsking(false)} />
  </section>`
}
