// Writes a contract: a new one, one like another, or a draft again.
import { ActionBar } from '../../components/action-bar.js'
import { Button } from '../../components/button.js'
import { PageHead } from '../../components/page-head.js'
import { Select } from '../../components/select.js'
import { t } from '../../lib/texts.js'
import { toast } from '../../lib/toasts.js'
import { html } from '../../lib/ui.js'
import { useForm } from '../../lib/use-form.js'
import { get, patch, post } from '../lib/api.js'
import { useList } from '../lib/use-list.js'
import { useTitle } from '../lib/use-title.js'
import { ClientField, ProjectField } from '../papers/address.js'
import { afterSave } from '../papers/after.js'
import { PaperPage } from '../papers/page.js'
import { Restored } from '../papers/restored.js'
import { ContractSheet } from './contract-sheet.js'
import { filled } from './merge-fields.js'
import { TextEditor } from './text-editor.js'
import { useContractSource } from './use-contract-source.js'

export default function ContractEditor({ id = null }) {
  const source = useContractSource(id)
  useTitle(t(id ? 'app.contracts.edit' : 'app.contracts.new'))
  return html`<${PaperPage} one=${source} home="/app/contracts">${(value) => html`<${Editor} key=${value.draft} id=${id} ...${value} />`}<//>`
}

function Editor({ id, initial, opened, draft }) {
  const form = useForm({
    initial,
    draft: `app.contract.${draft}`,
    stamp: opened?.updatedAt ?? '',
    check: ({ client, title, body }) => ({
      client: client ? '' : t('app.contracts.client_missing'),
      title: title.trim() ? '' : t('app.contracts.name_missing'),
      body: body.trim() ? '' : t('app.contracts.text_missing'),
    }),
    send: ({ client, project, title, body }, key) => {
      const content = { title: title.trim(), body, projectId: project?.value ?? null }
      return id ? patch(`/api/contracts/${id}`, content, key, opened) : post('/api/contracts', { ...content, clientId: client.value }, key)
    },
    done: (saved) => afterSave(`/app/contracts/${saved.id}`),
  })
  const { client, project, title, body } = form.values
  const begin = (template) => {
    form.change({ title: template.title, body: template.body })
    if (title.trim() || body.trim()) toast({ text: t('app.contracts.replaced'), undo: () => form.change({ title, body }) })
  }
  const preview = { title: filled(title, { client, project }), body: filled(body, { client, project }), status: 'draft' }
  return html`<main id="main" tabindex="-1">
    <${PageHead} title=${t(id ? 'app.contracts.edit' : 'app.contracts.new')} back=${{ to: id ? `/app/contracts/${id}` : '/app/contracts', name: t(id ? 'app.contracts.back_to_one' : 'app.contracts.title') }} />
    ${form.isRestored && html`<div class="paper-notices"><${Restored} isStale=${form.isStale} onDiscard=${() => form.reset()} /></div>`}
    <form class="editor" ref=${form.form} onSubmit=${form.submit} noValidate>
      <div class="editor-columns">
        <div class="fields">
          ${!id && html`<${Template} onChoose=${begin} />`}
          <${ClientField} paper=${form} locked=${Boolean(id)} />
          <${ProjectField} paper=${form} />
          <${TextEditor} form=${form} />
          <p class="complaint" role="alert">${form.complaints.all ?? ''}</p>
        </div>
        <div class="editor-preview" role="region" aria-label=${t('app.contracts.preview')} tabindex="0">
          <${ContractSheet} contract=${preview} client=${client && { ...client, name: client.label }} isPreview />
        </div>
      </div>
      <${ActionBar}><${Button} kind="primary" type="submit" busy=${form.busy}>${t('app.contracts.save')}<//><//>
    </form>
  </main>`
}

function Template({ onChoose }) {
  const list = useList('/api/contract-templates', { limit: 200 })
  if (list.rows.length === 0) return null
  const options = list.rows.map(({ id, name }) => ({ value: id, label: name }))
  const choose = async (id) => id && onChoose(await get(`/api/contract-templates/${id}`))
  return html`<${Select} label=${t('app.contracts.from_template')} value="" empty=${t('app.contracts.choose_template')} options=${options} onChoose=${choose} />`
}
