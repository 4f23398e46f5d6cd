import { Button } from '../../components/button.js'
import { Card } from '../../components/card.js'
import { TextArea } from '../../components/text-area.js'
import { t } from '../../lib/texts.js'
import { html } from '../../lib/ui.js'
import { useForm } from '../../lib/use-form.js'
import { patch } from '../lib/api.js'

/** What the agency notes for itself. */
export function LeadNote({ lead, onSaved }) {
  const form = useForm({
    initial: { note: lead.note },
    draft: `app.lead.${lead.id}`,
    send: ({ note }, key) => patch(`/api/leads/${lead.id}`, { note }, key),
    done: onSaved,
  })
  const changed = form.values.note !== lead.note
  return html`<${Card} title=${t('app.leads.note')} lead=${t('app.leads.note_lead')}>
    <form class="fields" ref=${form.form} onSubmit=${form.submit} noValidate>
      <${TextArea} bare label=${t('app.leads.note')} rows=${4} maxlength="10000" ...${form.bind('note')} />
      <p class="complaint" role="alert">${form.complaints.all ?? ''}</p>
      ${changed && html`<div class="actions"><${Button} kind="primary" type="submit" busy=${form.busy}>${t('app.leads.save')}<//></div>`}
    </form>
  <//>`
}
