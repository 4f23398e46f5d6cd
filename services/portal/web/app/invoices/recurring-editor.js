// A recurring invoice is written or changed: what is charged, and its rhythm.
import { ErrorState } from '../../components/error-state.js'
import { NothingHere } from '../../components/nothing-here.js'
import { Skeleton } from '../../components/skeleton.js'
import { TextArea } from '../../components/text-area.js'
import { t } from '../../lib/texts.js'
import { html, useRef } from '../../lib/ui.js'
import { patch, post } from '../lib/api.js'
import { useOne } from '../lib/use-one.js'
import { useTitle } from '../lib/use-title.js'
import { ClientField, CurrencyField, ProjectField } from '../papers/address.js'
import { afterSave } from '../papers/after.js'
import { daysAfter } from '../papers/days.js'
import { Editor } from '../papers/editor.js'
import { Lines } from '../papers/lines.js'
import { previewOf } from '../papers/preview.js'
import { Sums } from '../papers/sums.js'
import { usePaper } from '../papers/use-paper.js'
import { useSource } from '../papers/use-source.js'
import { InvoiceSheet } from './invoice-sheet.js'
import { blankRecurring, readRecurring, typedRecurring } from './recurring-reading.js'
import { RhythmFields } from './rhythm-fields.js'

const HOME = '/app/invoices/recurring'
const PATH = '/api/recurring-invoices'

export default function RecurringEditorPage({ id }) {
  const source = useSource({ id, path: PATH, blank: blankRecurring, typed: typedRecurring, copied: typedRecurring })
  const projectId = source.value?.projectId
  const project = useOne(projectId ? `/api/projects/${projectId}` : null)
  useTitle(t(id ? 'app.recurring.change' : 'app.recurring.new'))
  if (source.phase === 'missing') return html`<${NothingHere} home=${HOME} />`
  if (source.phase === 'failed') return html`<main id="main" tabindex="-1"><${ErrorState} onRetry=${source.reload} /></main>`
  if (source.phase === 'loading' || (projectId && project.phase === 'loading')) return html`<${Skeleton} shape="fields" count=${6} />`
  const initial = project.value ? typedRecurring(source.value, project.value) : source.initial
  return html`<${RecurringEditor} key=${source.draft} id=${id} ...${source} initial=${initial} />`
}

function RecurringEditor({ id, initial, draft, stamp, value }) {
  const opened = useRef(value).current
  const send = (body, key) => (id ? patch(`${PATH}/${id}`, body, key, opened) : post(PATH, body, key))
  const paper = usePaper({ initial, draft: `recurring.${draft}`, stamp, read: readRecurring, send })
  const { startsOn, daysUntilDue } = paper.values
  const back = id ? { to: `${HOME}/${id}`, name: t('app.recurring.back_to_one') } : { to: HOME, name: t('app.recurring.title_long') }
  const shown = { ...previewOf(paper), issueDate: startsOn || null, dueDate: startsOn ? daysAfter(startsOn, Number(daysUntilDue) || 0) : null }
  return html`<${Editor} paper=${paper} back=${back} title=${t(id ? 'app.recurring.change' : 'app.recurring.new')}
    notice=${id ? t('app.recurring.change_later') : ''} preview=${html`<${InvoiceSheet} invoice=${shown} isPreview />`}
    onSaved=${(saved) => afterSave(`${HOME}/${saved.id}`)}>
    <div class="fields">
      <div class="fields-row"><${ClientField} paper=${paper} /><${ProjectField} paper=${paper} /></div>
      <div class="fields-row"><${CurrencyField} paper=${paper} /></div>
    </div>
    <${RhythmFields} paper=${paper} />
    <${Lines} paper=${paper} />
    <${Sums} paper=${paper} />
    <${TextArea} label=${t('app.papers.notes')} hint=${t('app.papers.notes_hint')} optional rows=${3} ...${paper.bind('notes')} />
  <//>`
}
