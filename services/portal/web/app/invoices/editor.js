// A draft of an invoice is written or changed, or made of an accepted quote (`?quote=`).
import { DateField } from '../../components/date-field.js'
import { ErrorState } from '../../components/error-state.js'
import { NothingHere } from '../../components/nothing-here.js'
import { Skeleton } from '../../components/skeleton.js'
import { TextArea } from '../../components/text-area.js'
import { t } from '../../lib/texts.js'
import { html, useRef } from '../../lib/ui.js'
import { patch, post } from '../lib/api.js'
import { useTitle } from '../lib/use-title.js'
import { ClientField, CurrencyField, ProjectField } from '../papers/address.js'
import { afterSave, afterSend } from '../papers/after.js'
import { Editor } from '../papers/editor.js'
import { Lines } from '../papers/lines.js'
import { previewOf } from '../papers/preview.js'
import { Sums } from '../papers/sums.js'
import { Terms } from '../papers/terms.js'
import { usePaper } from '../papers/use-paper.js'
import { InvoiceSheet } from './invoice-sheet.js'
import { readInvoice } from './reading.js'
import { useInvoiceSource } from './use-invoice-source.js'

export default function InvoiceEditorPage({ id }) {
  const source = useInvoiceSource(id)
  useTitle(t(id ? 'app.invoices.change' : 'app.invoices.new'))
  if (source.phase === 'loading') return html`<${Skeleton} shape="fields" count=${6} />`
  if (source.phase === 'missing' || (id && source.value && source.value.status !== 'draft')) return html`<${NothingHere} home="/app/invoices" />`
  if (source.phase === 'failed') return html`<main id="main" tabindex="-1"><${ErrorState} onRetry=${source.reload} /></main>`
  return html`<${InvoiceEditor} key=${source.draft} id=${id} ...${source} />`
}

function InvoiceEditor({ id, initial, draft, stamp, value }) {
  const opened = useRef(value).current
  const send = (body, key) => (id ? patch(`/api/invoices/${id}`, body, key, opened) : post('/api/invoices', { ...body, draft: true }, key))
  const paper = usePaper({ initial, draft: `invoice.${draft}`, stamp, read: readInvoice, send })
  const { bind, values } = paper
  const back = id ? { to: `/app/invoices/${id}`, name: t('app.invoices.back_to_one') } : { to: '/app/invoices', name: t('app.invoices.title') }
  const shown = { ...previewOf(paper), issueDate: values.issueDate || null, dueDate: values.dueDate || null }
  return html`<${Editor} paper=${paper} back=${back} title=${t(id ? 'app.invoices.change' : 'app.invoices.new')} saveName=${t('app.papers.save_draft')}
    preview=${html`<${InvoiceSheet} invoice=${shown} isPreview />`} onSaved=${(saved) => afterSave(`/app/invoices/${saved.id}`)}
    onSend=${(saved, sendEmail) => afterSend({ saved, path: '/api/invoices', page: '/app/invoices', sendEmail })}>
    <div class="fields">
      <div class="fields-row"><${ClientField} paper=${paper} /><${ProjectField} paper=${paper} /></div>
      <div class="fields-row">
        <${CurrencyField} paper=${paper} />
        <${DateField} label=${t('app.invoices.issue_date')} optional hint=${t('app.invoices.issue_date_hint')} ...${bind('issueDate')} />
        <${DateField} label=${t('app.invoices.due_date')} ...${bind('dueDate')} />
      </div>
    </div>
    <${Lines} paper=${paper} />
    <${Sums} paper=${paper} />
    <${Terms} paper=${paper} />
    <${TextArea} label=${t('app.papers.notes')} hint=${t('app.papers.notes_hint')} optional rows=${3} ...${bind('notes')} />
  <//>`
}
