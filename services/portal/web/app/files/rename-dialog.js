import { Button } from '../../components/button.js'
import { Dialog } from '../../components/dialog.js'
import { Field } from '../../components/field.js'
import { t } from '../../lib/texts.js'
import { html, useId } from '../../lib/ui.js'
import { useForm } from '../../lib/use-form.js'
import { patch } from '../lib/api.js'
import { pathOf } from './file-acts.js'

export function RenameDialog({ open, ...rest }) {
  return open ? html`<${Form} ...${rest} />` : null
}

function Form({ file, onDone, onClose }) {
  const id = useId()
  const form = useForm({
    initial: { name: file.name },
    check: ({ name }) => ({ name: name.trim() ? '' : t('app.files.name_missing') }),
    send: ({ name }, key) => patch(pathOf(file.id), { name }, key),
    done: (renamed) => {
      onDone(renamed)
      onClose()
    },
  })
  const actions = html`<${Button} onPress=${onClose}>${t('shared.ui.cancel')}<//>
    <${Button} kind="primary" type="submit" form=${id} busy=${form.busy}>${t('app.files.rename')}<//>`
  return html`<${Dialog} open size="small" title=${t('app.files.rename')} onClose=${onClose} actions=${actions}>
    <form id=${id} class="fields" ref=${form.form} onSubmit=${form.submit} novalidate>
      <${Field} label=${t('app.files.name')} maxlength="255" focus ...${form.bind('name')} complaint=${form.complaints.name ?? form.complaints.all ?? ''} />
    </form>
  <//>`
}
