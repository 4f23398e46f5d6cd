import { cardOf, Paper, PaperNotes } from '../../components/paper.js'
import { PaperLines } from '../../components/paper-lines.js'
import { PaperTotals } from '../../components/paper-totals.js'
import { day, dayOf, money } from '../../lib/format.js'
import { t } from '../../lib/texts.js'
import { html } from '../../lib/ui.js'
import { quoteState } from '../papers/states.js'

/** The quote as a sheet of paper; `paper` has the totals of what is chosen. */
export function QuoteSheet({ portal, quote, paper, chosen, onChoose }) {
  const { settings, agency } = portal.snapshot
  const { state } = quoteState(quote)
  const facts = [
    { label: t('portal.quotes.revision'), value: quote.revision > 1 && String(quote.revision) },
    { label: t('portal.quotes.offered'), value: quote.sentAt && dayOf(quote.sentAt) },
    { label: t('portal.quotes.until'), value: quote.expiresOn && day(quote.expiresOn) },
    { label: t('portal.quotes.accepted_fact'), value: quote.acceptedAt && dayOf(quote.acceptedAt) },
    { label: t('portal.quotes.accepted_by_fact'), value: quote.acceptedBy && html`<bdi>${quote.acceptedBy}</bdi>` },
    { label: t('shared.paper.total'), value: money(paper.amount, paper.currency), strong: true },
  ]
  return html`<${Paper} ...${{ settings, agency, facts }} title=${t('portal.quotes.title', { number: quote.number })}
    standing=${state === 'sent' ? '' : t(`portal.quotes.state.${state}`)} client=${cardOf(quote.client)} subject=${quote.title}>
    <${PaperLines} lines=${quote.lines} currency=${quote.currency} chosen=${chosen} onChoose=${onChoose} settled=${quote.status === 'accepted'} />
    <${PaperTotals} paper=${paper} />
    <${PaperNotes} text=${quote.notes} />
  <//>`
}
