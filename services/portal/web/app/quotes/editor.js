// A quote is written or changed.
import { DateField } from '../../components/date-field.js'
import { ErrorState } from '../../components/error-state.js'
import { Field } from '../../components/field.js'
import { NothingHere } from '../../components/nothing-here.js'
import { Skeleton } from '../../components/skeleton.js'
import { TextArea } from '../../components/text-area.js'
import { t } from '../../lib/texts.js'
import { html, useRef } from '../../lib/ui.js'
import { patch, post } from '../lib/api.js'
import { useTitle } from '../lib/use-title.js'
import { ClientField, CurrencyField } from '../papers/address.js'
import { Editor } from '../papers/editor.js'
import { afterSave, afterSend } from '../papers/after.js'
import { Lines } from '../papers/lines.js'
import { previewOf } from '../papers/preview.js'
import { Sums } from '../papers/sums.js'
import { usePaper } from '../papers/use-paper.js'
import { useSource } from '../papers/use-source.js'
import { QuoteSheet } from './quote-sheet.js'
import { blankQuote, copiedQuote, readQuote, typedQuote } from './reading.js'

export default function QuoteEditorPage({ id }) {
  const source = useSource({ id, path: '/api/quotes', blank: blankQuote, typed: typedQuote, copied: copiedQuote })
  useTitle(t(id ? 'app.quotes.change' : 'app.quotes.new'))
  if (source.phase === 'loading') return html`<${Skeleton} shape="fields" count=${6} />`
  if (source.phase === 'missing' || source.value?.status === 'accepted') return html`<${NothingHere} home="/app/quotes" />`
  if (source.phase === 'failed') return html`<main id="main" tabindex="-1"><${ErrorState} onRetry=${source.reload} /></main>`
  return html`<${QuoteEditor} key=${source.draft} id=${id} ...${source} />`
}

function QuoteEditor({ id, initial, draft, stamp, value }) {
  // One that was sent changes whenever its client looks at it.
  const opened = useRef(value?.status === 'draft' ? value : null).current
  const send = ({ clientId, ...body }, key) => (id ? patch(`/api/quotes/${id}`, body, key, opened) : post('/api/quotes', { clientId, ...body }, key))
  const paper = usePaper({ initial, draft: `quote.${draft}`, stamp, read: readQuote, send })
  const { bind, values } = paper
  const wasSent = id && value.status !== 'draft'
  const back = id ? { to: `/app/quotes/${id}`, name: t('app.quotes.back_to_one') } : { to: '/app/quotes', name: t('app.quotes.title') }
  const shown = { ...previewOf(paper), title: values.title, expiresOn: values.expiresOn || null, number: value?.number ?? null, status: 'sent', revision: 1 }
  return html`<${Editor} paper=${paper} back=${back} title=${t(id ? 'app.quotes.change' : 'app.quotes.new')}
    notice=${wasSent ? t('app.quotes.change_hides') : ''} preview=${html`<${QuoteSheet} quote=${shown} isPreview />`}
    onSaved=${(saved) => afterSave(`/app/quotes/${saved.id}`)} onSend=${(saved, sendEmail) => afterSend({ saved, path: '/api/quotes', page: '/app/quotes', sendEmail })}>
    <div class="fields">
      <${ClientField} paper=${paper} locked=${Boolean(id)} />
      <${Field} label=${t('app.quotes.subject')} placeholder=${t('app.quotes.subject_example')} maxlength="200" ...${bind('title')} />
      <div class="fields-row">
        <${CurrencyField} paper=${paper} />
        <${DateField} label=${t('app.quotes.expires_on')} optional ...${bind('expiresOn')} />
      </div>
    </div>
    <${Lines} paper=${paper} canBeOptional />
    <${Sums} paper=${paper} />
    <${TextArea} label=${t('app.papers.notes')} hint=${t('app.papers.notes_hint')} optional rows=${3} ...${bind('notes')} />
  <//>`
}
