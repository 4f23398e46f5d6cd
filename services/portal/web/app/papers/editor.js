import { ActionBar } from '../../components/action-bar.js'
import { Button } from '../../components/button.js'
import { Chips } from '../../components/chips.js'
import { NoticeBox } from '../../components/notice.js'
import { PageHead } from '../../components/page-head.js'
import { t } from '../../lib/texts.js'
import { html, useState } from '../../lib/ui.js'
import { Restored } from './restored.js'
import { SendDialog } from './send-dialog.js'

/**
 * The frame of an editor: its fields, the sheet beside them (on a phone in their place) and the buttons. `onSaved(saved)`
 * follows a save; with `onSend(saved, sendEmail)` there is a second button, which saves and sends.
 */
export function Editor({ title, back, paper, preview, notice, saveName = t('app.papers.save'), onSaved, onSend, children }) {
  const [part, setPart] = useState('edit')
  const [sending, setSending] = useState(false)
  const { form, busy, complaints } = paper
  const save = async (event) => {
    event?.preventDefault()
    const saved = await paper.save()
    if (saved) onSaved(saved)
  }
  const ask = () => (paper.check() ? setSending(true) : setPart('edit'))
  const send = async (sendEmail) => {
    const saved = await paper.save()
    setSending(false)
    if (saved) await onSend(saved, sendEmail)
  }
  const keys = (event) => {
    if (event.key !== 's' || !(event.ctrlKey || event.metaKey)) return
    event.preventDefault()
    save()
  }
  const parts = [
    { value: 'edit', label: t('app.papers.edit') },
    { value: 'preview', label: t('app.papers.preview') },
  ]
  return html`<main class="editor" id="main" tabindex="-1" onKeyDown=${keys}>
    <${PageHead} title=${title} back=${back} />
    ${notice && html`<${NoticeBox} tone="info">${notice}<//>`}
    ${paper.isRestored && html`<${Restored} isStale=${paper.isStale} onDiscard=${paper.discard} />`}
    ${complaints.all && html`<div role="alert"><${NoticeBox} tone="danger">${complaints.all}<//></div>`}
    <div class="editor-parts"><${Chips} label=${t('app.papers.view')} options=${parts} value=${part} onChoose=${setPart} /></div>
    <div class=${`editor-columns editor-shows-${part}`}>
      <form class="editor-form" ref=${form} onSubmit=${save} novalidate>${children}</form>
      <section class="editor-preview" aria-label=${t('app.papers.preview_label')}>${preview}</section>
    </div>
    <${ActionBar} label=${t('app.papers.finish')}>
      ${onSend && html`<${Button} kind="primary" icon="send" onPress=${ask} busy=${busy}>${t('app.papers.save_and_send')}<//>`}
      <${Button} kind=${onSend ? 'quiet' : 'primary'} onPress=${save} busy=${busy}>${saveName}<//>
    <//>
    ${onSend && html`<${SendDialog} open=${sending} client=${paper.values.client} onSend=${send} onClose=${() => setSending(false)} />`}
  </main>`
}
