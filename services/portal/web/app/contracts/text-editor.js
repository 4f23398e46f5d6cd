import { Field } from '../../components/field.js'
import { TextArea } from '../../components/text-area.js'
import { t } from '../../lib/texts.js'
import { html, useRef } from '../../lib/ui.js'
import { MergeFields } from './merge-fields.js'

/** Title and text of a contract or a template; `form` is a useForm with `title` and `body`. */
export function TextEditor({ form }) {
  const place = useRef(null)
  const insert = (field) => {
    const area = place.current.querySelector('textarea')
    const [start, end] = [area.selectionStart, area.selectionEnd]
    form.change({ body: form.values.body.slice(0, start) + field + form.values.body.slice(end) })
    requestAnimationFrame(() => {
      area.focus()
      area.setSelectionRange(start + field.length, start + field.length)
    })
  }
  return html`<div class="fields" ref=${place}>
    <${Field} label=${t('app.contracts.name')} maxlength="200" dir="auto" ...${form.bind('title')} />
    <${TextArea} label=${t('app.contracts.text')} hint=${t('app.contracts.text_hint')} rows=${18} maxlength="50000" ...${form.bind('body')} />
    <${MergeFields} onInsert=${insert} />
  </div>`
}
