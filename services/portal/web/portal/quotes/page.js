// One quote: the sheet with its optional lines, and the answer to it.
import { ActionBar } from '../../components/action-bar.js'
import { Badge } from '../../components/badge.js'
import { Button } from '../../components/button.js'
import { NothingHere } from '../../components/nothing-here.js'
import { PageHead } from '../../components/page-head.js'
import { money } from '../../lib/format.js'
import { saveAs } from '../../lib/save.js'
import { t } from '../../lib/texts.js'
import { html, useRef } from '../../lib/ui.js'
import { Download } from '../papers/download.js'
import { isAnswerable, quoteState } from '../papers/states.js'
import { useViewed } from '../papers/use-viewed.js'
import { MissingSection } from '../shell/missing-section.js'
import { useTitle } from '../shell/use-title.js'
import { AnswerDialogs } from './answer-dialogs.js'
import { Choices } from './choices.js'
import { QuoteNews } from './quote-news.js'
import { QuoteSheet } from './quote-sheet.js'
import { useAnswers } from './use-answers.js'
import { useChosen } from './use-chosen.js'

export default function QuotePage({ id, portal }) {
  const { snapshot } = portal
  const found = snapshot.quotes.find((one) => one.id === id)
  const last = useRef(null)
  if (found) last.current = found
  if (!last.current && snapshot.unavailable.includes('quotes')) return html`<${Away} portal=${portal} />`
  if (!last.current) return html`<${NothingHere} text=${t('portal.quotes.not_here', { agency: snapshot.agency.name })} />`
  // While the agency revises a quote its client is not shown it; whoever is reading keeps the sheet, but cannot answer.
  return html`<${Quote} portal=${portal} quote=${last.current} isRevised=${!found} />`
}

function Quote({ portal, quote, isRevised }) {
  const { paper, chosen, choose } = useChosen(quote)
  const answers = useAnswers(portal, quote)
  useTitle(portal, t('portal.quotes.title', { number: quote.number }))
  useViewed(portal, isRevised ? '' : `/api/quotes/${quote.id}/view`, quote.revision)
  const { state, tone } = quoteState(quote)
  const canAnswer = isAnswerable(quote) && !isRevised
  const total = money(paper.amount, paper.currency)
  const pdf = () =>
    portal.attempt(async () => saveAs(await portal.api.bytes(`/api/quotes/${quote.id}/pdf?format=pdf`), `${quote.number}.pdf`))
  return html`<main id="main" tabindex="-1" class="paper-page">
    <${PageHead} back=${{ to: '#/papers', name: t('portal.papers.title') }} title=${quote.title || t('portal.quotes.title', { number: quote.number })}
      badge=${html`<${Badge} tone=${tone}>${t(`portal.quotes.state.${state}`)}<//>`}
      actions=${html`<${Download} onPress=${pdf} />`} />
    <${QuoteNews} ...${{ portal, quote, isRevised, canAnswer }} moved=${answers.moved} />
    <${QuoteSheet} ...${{ portal, quote, paper, chosen }} onChoose=${canAnswer ? choose : null} />
    ${canAnswer &&
    html`<${Choices} ...${{ quote, answers }} place="paper-choices" />
      <${ActionBar} label=${t('portal.quotes.your_answer')}>
        <p class="bar-total" role="status"><span class="quiet">${t('shared.paper.total')}</span> <strong class="amount">${total}</strong></p>
        <${Choices} ...${{ quote, answers }} place="bar-choices" />
        <${Button} kind="primary" icon="check" onPress=${() => answers.open('accept')}>${t('portal.quotes.accept')}<//>
      <//>
      <${AnswerDialogs} ...${{ portal, quote, paper, chosen, total, answers }} />`}
  </main>`
}

function Away({ portal }) {
  return html`<main id="main" tabindex="-1">
    <h1>${t('portal.papers.title')}</h1>
    <${MissingSection} section="quotes" onRetry=${portal.load} />
  </main>`
}
