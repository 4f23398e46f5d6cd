// Quotes and invoices: what is open first, then the rest.
import { EmptyState } from '../../components/empty-state.js'
import { LinkButton } from '../../components/link-button.js'
import { PageHead } from '../../components/page-head.js'
import { money } from '../../lib/format.js'
import { t } from '../../lib/texts.js'
import { html } from '../../lib/ui.js'
import { awaitsPayment } from '../home/waiting.js'
import { MissingSection } from '../shell/missing-section.js'
import { useTitle } from '../shell/use-title.js'
import { List } from './list.js'
import { invoiceRow, parted, quoteRow } from './rows.js'
import { StatementPage } from './statement.js'

export default function PapersPage({ id, portal }) {
  const on = (module) => portal.snapshot.settings.enabled_modules.includes(module)
  return id === 'statement' && on('invoices')
    ? html`<${StatementPage} portal=${portal} />`
    : html`<${Papers} portal=${portal} quotes=${on('proposals')} invoices=${on('invoices')} />`
}

function Papers({ portal, quotes, invoices }) {
  const { snapshot } = portal
  useTitle(portal, t('portal.papers.title'))
  const kinds = [quotes && 'quotes', invoices && 'invoices'].filter(Boolean)
  const missing = kinds.filter((kind) => snapshot.unavailable.includes(kind))
  const { open, rest } = parted([
    ...(quotes ? snapshot.quotes.map(quoteRow) : []),
    ...(invoices ? snapshot.invoices.map(invoiceRow) : []),
  ])
  const statement = invoices && snapshot.invoices.length > 0
  return html`<main id="main" tabindex="-1">
    <${PageHead} title=${t('portal.papers.title')} lead=${invoices && owed(snapshot.invoices)}
      actions=${statement && html`<${LinkButton} to="#/papers/statement" icon="list">${t('portal.papers.statement')}<//>`} />
    ${missing.map((section) => html`<${MissingSection} key=${section} section=${section} onRetry=${portal.load} />`)}
    ${open.length > 0 && html`<${List} title=${t('portal.papers.open')} rows=${open} />`}
    ${rest.length > 0 && html`<${List} title=${open.length > 0 ? t('portal.papers.rest') : ''} rows=${rest} />`}
    ${open.length + rest.length + missing.length === 0 &&
    html`<${EmptyState} icon="receipt" title=${t('portal.papers.none')} text=${t('portal.papers.none_text')} />`}
  </main>`
}

/** What is to pay in all, one sum for each currency. */
function owed(invoices) {
  const sums = new Map()
  for (const { currency, amountDue } of invoices.filter(awaitsPayment)) {
    sums.set(currency, (sums.get(currency) ?? 0) + amountDue)
  }
  if (sums.size === 0) return ''
  const amounts = [...sums].map(([currency, amount]) => money(amount, currency))
  return t('portal.papers.owed', { amounts: new Intl.ListFormat(document.documentElement.lang).format(amounts) })
}
