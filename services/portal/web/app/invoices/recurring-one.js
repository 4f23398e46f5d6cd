// One recurring invoice: what stands on each, when the next ones come, and those that came of it.
import { Badge } from '../../components/badge.js'
import { Card } from '../../components/card.js'
import { DefinitionList } from '../../components/definition-list.js'
import { Link } from '../../components/link.js'
import { PageHead } from '../../components/page-head.js'
import { When } from '../../components/when.js'
import { day, money } from '../../lib/format.js'
import { goTo } from '../../lib/place.js'
import { t } from '../../lib/texts.js'
import { html, useEffect } from '../../lib/ui.js'
import { useLive } from '../lib/live.js'
import { useOne } from '../lib/use-one.js'
import { useTitle } from '../lib/use-title.js'
import { daysAfter } from '../papers/days.js'
import { PaperPage } from '../papers/page.js'
import { InvoiceSheet } from './invoice-sheet.js'
import { Periods } from './periods.js'
import { RecurringActions, RecurringFailure } from './recurring-actions.js'
import { endWords, howOf, recurringState, rhythmWords } from './rhythm.js'

const HOME = '/app/invoices/recurring'

export default function RecurringOnePage({ id }) {
  const one = useOne(`/api/recurring-invoices/${id}`)
  useLive(['recurring_invoice.', 'invoice.created'], one.reload)
  useTitle(one.value ? t('app.recurring.named', { name: one.value.client.name }) : t('app.recurring.title_long'))
  return html`<${PaperPage} one=${one} home=${HOME}>${(recurring) => html`<${Recurring} recurring=${recurring} one=${one} />`}<//>`
}

function Recurring({ recurring, one }) {
  const upcoming = useOne(`/api/recurring-invoices/${recurring.id}/upcoming`)
  useEffect(() => {
    if (upcoming.phase === 'ready') upcoming.reload()
  }, [recurring.updatedAt])
  const { tone, text } = recurringState(recurring)
  const next = recurring.nextOn ?? recurring.startsOn
  const sheet = { ...recurring, issueDate: next, dueDate: daysAfter(next, recurring.daysUntilDue) }
  return html`<main id="main" tabindex="-1">
    <${PageHead} title=${t('app.recurring.named', { name: recurring.client.name })} badge=${html`<${Badge} tone=${tone}>${text}<//>`} lead=${leadOf(recurring)}
      back=${{ to: HOME, name: t('app.recurring.title_long') }} actions=${html`<${RecurringActions} recurring=${recurring} onChanged=${one.set} onReload=${one.reload} onDeleted=${() => goTo(HOME)} />`} />
    <div class="paper-notices">${recurring.status === 'failed' && html`<${RecurringFailure} recurring=${recurring} onChanged=${one.set} onReload=${one.reload} />`}</div>
    <div class="paper-page">
      <${InvoiceSheet} invoice=${sheet} isPreview />
      <div class="paper-side">
        <${Card} title=${t('app.papers.facts')}><${DefinitionList} items=${factsOf(recurring)} /><//>
        ${upcoming.value?.length > 0 && html`<${Card} title=${t('app.recurring.upcoming')}><ol class="upcoming">${upcoming.value.map((on) => html`<li key=${on}><${When} on=${on} /></li>`)}</ol><//>`}
        <${Periods} recurring=${recurring} />
      </div>
    </div>
  </main>`
}

function leadOf(recurring) {
  const rhythm = rhythmWords(recurring)
  return recurring.nextOn && recurring.status === 'active' ? t('app.recurring.lead', { rhythm, next: day(recurring.nextOn) }) : rhythm
}

function factsOf(recurring) {
  return [
    { term: t('app.papers.client'), value: html`<${Link} to=${`/app/clients/${recurring.clientId}`}><bdi class="clamp">${recurring.client.name}</bdi><//>` },
    { term: t('app.papers.amount'), value: money(recurring.amount, recurring.currency) },
    { term: t('app.recurring.ends'), value: endWords(recurring) },
    { term: t('app.invoices.due'), value: t('app.recurring.due_after', { count: recurring.daysUntilDue }) },
    { term: t('app.recurring.how'), value: t(`app.recurring.ways.${howOf(recurring)}`) },
  ]
}
