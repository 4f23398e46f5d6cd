// One template, to change or to use.
import { ActionBar } from '../../components/action-bar.js'
import { Button } from '../../components/button.js'
import { Field } from '../../components/field.js'
import { LinkButton } from '../../components/link-button.js'
import { Menu } from '../../components/menu.js'
import { PageHead } from '../../components/page-head.js'
import { goTo, replaceAddress } from '../../lib/place.js'
import { t } from '../../lib/texts.js'
import { toast } from '../../lib/toasts.js'
import { html, useRef } from '../../lib/ui.js'
import { useForm } from '../../lib/use-form.js'
import { patch, post } from '../lib/api.js'
import { useOne } from '../lib/use-one.js'
import { useTitle } from '../lib/use-title.js'
import { PaperPage } from '../papers/page.js'
import { removePaper } from '../papers/removing.js'
import { Restored } from '../papers/restored.js'
import { ContractSheet } from './contract-sheet.js'
import { TextEditor } from './text-editor.js'

const EMPTY = { name: '', title: '', body: '' }

export default function TemplatePage({ id }) {
  const isNew = id === 'new'
  const one = useOne(isNew ? null : `/api/contract-templates/${id}`)
  useTitle(one.value?.name ?? t('app.contracts.new_template'))
  if (isNew) return html`<${Editor} template=${EMPTY} />`
  return html`<${PaperPage} one=${one} home="/app/contracts/templates">${(template) => html`<${Editor} key=${template.id} template=${template} onSaved=${one.set} />`}<//>`
}

function Editor({ template, onSaved = () => {} }) {
  const { id } = template
  const path = `/api/contract-templates/${id}`
  const opened = useRef(template)
  const form = useForm({
    initial: { name: template.name, title: template.title, body: template.body },
    draft: `app.template.${id ?? 'new'}`,
    stamp: opened.current.updatedAt,
    check: ({ name, title, body }) => ({
      name: name.trim() ? '' : t('app.contracts.name_missing'),
      title: title.trim() ? '' : t('app.contracts.name_missing'),
      body: body.trim() ? '' : t('app.contracts.text_missing'),
    }),
    send: (values, key) => (id ? patch(path, values, key, opened.current) : post('/api/contract-templates', values, key)),
    done: (saved) => {
      opened.current = saved
      toast({ text: t('app.contracts.template_saved') })
      if (id) onSaved(saved)
      else replaceAddress(`/app/contracts/templates/${saved.id}`)
    },
  })
  const discard = () => {
    opened.current = template
    form.reset()
  }
  const remove = () => {
    removePaper(path, t('app.papers.deleted', { name: template.name }))
    goTo('/app/contracts/templates')
  }
  const actions = id && html`<${LinkButton} icon="plus" to=${`/app/contracts/new?template=${id}`}>${t('app.contracts.use')}<//>
    <${Menu} label=${t('app.papers.more_for', { name: template.name })} items=${[{ label: t('app.contracts.delete_template'), icon: 'trash-2', tone: 'danger', onPress: remove }]} />`
  return html`<main id="main" tabindex="-1">
    <${PageHead} title=${template.name || t('app.contracts.new_template')} back=${{ to: '/app/contracts/templates', name: t('app.contracts.templates') }} actions=${actions} />
    ${form.isRestored && html`<div class="paper-notices"><${Restored} isStale=${form.isStale} onDiscard=${discard} /></div>`}
    <form class="editor" ref=${form.form} onSubmit=${form.submit} noValidate>
      <div class="editor-columns">
        <div class="fields">
          <${Field} label=${t('app.contracts.template_name')} hint=${t('app.contracts.template_name_hint')} maxlength="200" dir="auto" focus=${!id} ...${form.bind('name')} />
          <${TextEditor} form=${form} />
          <p class="complaint" role="alert">${form.complaints.all ?? ''}</p>
        </div>
        <div class="editor-preview" role="region" aria-label=${t('app.contracts.preview')} tabindex="0">
          <${ContractSheet} contract=${{ title: form.values.title, body: form.values.body, status: 'draft' }} isPreview />
        </div>
      </div>
      <${ActionBar}><${Button} kind="primary" type="submit" busy=${form.busy}>${t('app.contracts.save')}<//><//>
    </form>
  </main>`
}
