import { Button } from '../../../components/button.js'
import { Field } from '../../../components/field.js'
import { keptDraft } from '../../../lib/drafts.js'
import { t } from '../../../lib/texts.js'
import { html, useEffect, useRef, useState } from '../../../lib/ui.js'
import { useForm } from '../../../lib/use-form.js'
import { post } from '../../lib/api.js'

/** A field for the title of the next task of a column; Enter adds it and stays for another. */
export function QuickAdd({ project, status, name, onAdded }) {
  const draft = `app.task.new.${project.id}.${status}`
  const [open, setOpen] = useState(() => Boolean(keptDraft(draft)))
  const opener = useRef(null)
  const left = useRef(false)
  const form = useForm({
    initial: { title: '' },
    draft,
    check: ({ title }) => ({ title: title.trim() ? '' : t('app.board.title_missing') }),
    send: ({ title }, key) => post(`/api/projects/${project.id}/tasks`, { title, status }, key),
    done: (task) => {
      form.reset()
      onAdded(task)
    },
  })
  useEffect(() => {
    if (!open && left.current) opener.current?.querySelector('button')?.focus()
    left.current = false
  }, [open])
  const close = () => {
    left.current = true
    form.reset()
    setOpen(false)
  }
  const press = (event) => {
    if (event.key !== 'Escape') return
    event.stopPropagation()
    close()
  }
  if (!open) return html`<div class="quick-add" ref=${opener}><${Button} kind="plain" icon="plus"
    aria-label=${t('app.board.add_to', { column: name })} onPress=${() => setOpen(true)}>${t('app.board.add')}<//></div>`
  return html`<form class="quick-add" ref=${form.form} onSubmit=${form.submit} onKeyDown=${press} novalidate>
    <${Field} bare label=${t('app.board.new_title', { column: name })} placeholder=${t('app.board.title_placeholder')} maxlength="200" enterkeyhint="done" focus
      ...${form.bind('title')} complaint=${form.complaints.title ?? form.complaints.all ?? ''} />
    <div class="quick-buttons"><${Button} kind="primary" type="submit" busy=${form.busy}>${t('app.board.add_one')}<//><${Button}
      kind="plain" onPress=${close}>${t('shared.ui.cancel')}<//></div>
  </form>`
}
