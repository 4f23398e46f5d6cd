// One quote: the sheet as its client gets it, where it stands, and what comes next.
import { Badge } from '../../components/badge.js'
import { Card } from '../../components/card.js'
import { DefinitionList } from '../../components/definition-list.js'
import { Link } from '../../components/link.js'
import { PageHead } from '../../components/page-head.js'
import { Timeline } from '../../components/timeline.js'
import { When } from '../../components/when.js'
import { money } from '../../lib/format.js'
import { goTo } from '../../lib/place.js'
import { t } from '../../lib/texts.js'
import { html } from '../../lib/ui.js'
import { useLive } from '../lib/live.js'
import { useOne } from '../lib/use-one.js'
import { useTitle } from '../lib/use-title.js'
import { PaperPage } from '../papers/page.js'
import { QuoteActions } from './quote-actions.js'
import { QuoteNotices } from './quote-notices.js'
import { QuoteSheet } from './quote-sheet.js'
import { historyOf } from './history.js'
import { quoteState } from './states.js'

export default function QuotePage({ id }) {
  const one = useOne(`/api/quotes/${id}`)
  useLive(['quote.'], ({ data }) => data?.id === id && one.reload())
  useTitle(one.value ? (one.value.number ?? one.value.title) : t('app.quotes.one'))
  return html`<${PaperPage} one=${one} home="/app/quotes">${(quote) => html`<${Quote} quote=${quote} one=${one} />`}<//>`
}

function Quote({ quote, one }) {
  const { tone, text } = quoteState(quote)
  const lead = t('app.quotes.lead', { number: quote.number ?? t('app.quotes.no_number'), amount: money(quote.amount, quote.currency) })
  return html`<main id="main" tabindex="-1">
    <${PageHead} title=${quote.title} badge=${html`<${Badge} tone=${tone}>${text}<//>`} back=${{ to: '/app/quotes', name: t('app.quotes.title') }} lead=${lead}
      actions=${html`<${QuoteActions} quote=${quote} onChanged=${one.set} onDeleted=${() => goTo('/app/quotes')} onReload=${one.reload} />`} />
    <${QuoteNotices} quote=${quote} onChanged=${one.set} onReload=${one.reload} />
    <div class="paper-page">
      <${QuoteSheet} quote=${quote} />
      <div class="paper-side">
        <${Card} title=${t('app.papers.facts')}><${DefinitionList} items=${factsOf(quote)} /><//>
        <${Card} title=${t('app.papers.history')}><${Timeline} items=${historyOf(quote)} label=${t('app.papers.history')} /><//>
      </div>
    </div>
  </main>`
}

function factsOf(quote) {
  return [
    { term: t('app.papers.client'), value: html`<${Link} to=${`/app/clients/${quote.clientId}`}><bdi class="clamp">${quote.client.name}</bdi><//>` },
    { term: t('app.quotes.valid_through'), value: quote.expiresOn && html`<${When} on=${quote.expiresOn} />` },
    { term: t('app.quotes.revision'), value: String(quote.revision) },
    { term: t('app.quotes.views'), value: quote.viewCount > 0 ? t('app.quotes.view_count', { count: quote.viewCount }) : quote.sentAt && t('app.quotes.not_viewed') },
    { term: t('app.papers.project'), value: quote.projectId && html`<${Link} to=${`/app/projects/${quote.projectId}`}>${t('app.quotes.to_project')}<//>` },
  ]
}
