import { cardOf, Paper, PaperNotes } from '../../components/paper.js'
import { PaperLines } from '../../components/paper-lines.js'
import { PaperTotals } from '../../components/paper-totals.js'
import { day, dayOf, money } from '../../lib/format.js'
import { t } from '../../lib/texts.js'
import { html } from '../../lib/ui.js'
import { useBrand } from '../papers/use-brand.js'
import { quoteState } from './states.js'

/** A quote as its client gets it; a preview does not say how it stands. */
export function QuoteSheet({ quote, isPreview = false }) {
  const facts = [
    { label: t('app.quotes.revision'), value: quote.revision > 1 && String(quote.revision) },
    { label: t('app.papers.date'), value: quote.sentAt && dayOf(quote.sentAt) },
    { label: t('app.quotes.valid_through'), value: quote.expiresOn && day(quote.expiresOn) },
    { label: t('shared.paper.total'), value: money(quote.amount, quote.currency), strong: true },
  ]
  const title = quote.number ? t('app.quotes.named', { number: quote.number }) : t('app.quotes.one')
  return html`<${Paper} ...${useBrand()} facts=${facts} title=${title} standing=${isPreview ? '' : quoteState(quote).text}
    client=${quote.client ? cardOf(quote.client) : []} subject=${quote.title}>
    <${PaperLines} lines=${quote.lines} currency=${quote.currency} chosen=${quote.optionalLines} settled=${quote.status === 'accepted'} />
    <${PaperTotals} paper=${quote} />
    <${PaperNotes} text=${quote.notes} />
  <//>`
}
