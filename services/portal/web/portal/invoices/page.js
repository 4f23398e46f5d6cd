// One invoice: what is due and when, in one line; the sheet; one button to pay.
import { ActionBar } from '../../components/action-bar.js'
import { Badge } from '../../components/badge.js'
import { LinkButton } from '../../components/link-button.js'
import { NothingHere } from '../../components/nothing-here.js'
import { PageHead } from '../../components/page-head.js'
import { money } from '../../lib/format.js'
import { t } from '../../lib/texts.js'
import { html, useEffect } from '../../lib/ui.js'
import { awaitsPayment } from '../home/waiting.js'
import { Download } from '../papers/download.js'
import { invoiceState } from '../papers/states.js'
import { useViewed } from '../papers/use-viewed.js'
import { MissingSection } from '../shell/missing-section.js'
import { useTitle } from '../shell/use-title.js'
import { InvoiceSheet } from './invoice-sheet.js'
import { PaymentCard } from './payment-card.js'
import { InvoiceSummary } from './summary.js'
import { usePayments } from './use-payments.js'

export default function InvoicePage({ id, portal }) {
  const { snapshot } = portal
  const invoice = snapshot.invoices.find((one) => one.id === id)
  if (invoice) return html`<${Invoice} portal=${portal} invoice=${invoice} />`
  if (!snapshot.unavailable.includes('invoices')) return html`<${NothingHere} />`
  return html`<main id="main" tabindex="-1">
    <h1>${t('portal.papers.title')}</h1>
    <${MissingSection} section="invoices" onRetry=${portal.load} />
  </main>`
}

function Invoice({ portal, invoice }) {
  const { snapshot, actions } = portal
  const title = t('portal.invoices.title', { number: invoice.number })
  const { state, tone } = invoiceState(invoice)
  const payments = usePayments(portal, invoice)
  const notes = snapshot.creditNotes.filter(({ invoiceId }) => invoiceId === invoice.id)
  useTitle(portal, title)
  useViewed(portal, `/api/invoices/${invoice.id}/view`)
  useComingBack(portal)
  return html`<main id="main" tabindex="-1" class="paper-page">
    <${PageHead} back=${{ to: '#/papers', name: t('portal.papers.title') }} title=${title}
      badge=${html`<${Badge} tone=${tone}>${t(`portal.invoices.state.${state}`)}<//>`}
      actions=${html`<${Download} onPress=${() => actions.pdf(invoice)} />`} />
    <div class="paper-news"><${InvoiceSummary} ...${{ invoice, payments }} /></div>
    <${InvoiceSheet} ...${{ portal, invoice }} />
    <${PaymentCard} ...${{ payments, notes, actions }} currency=${invoice.currency} />
    ${awaitsPayment(invoice) && html`<${PayBar} invoice=${invoice} />`}
  </main>`
}

function PayBar({ invoice }) {
  const next = invoice.depositDue || invoice.amountDue
  return html`<${ActionBar} label=${t('portal.invoices.payment')}>
    <p class="bar-total bar-words">
      <span class="quiet">${t('portal.invoices.amount_due')}</span> <strong class="amount">${money(invoice.amountDue, invoice.currency)}</strong>
    </p>
    <${LinkButton} kind="primary" icon="credit-card" href=${invoice.paymentUrl} target="_blank" rel="noreferrer">
      ${t('portal.invoices.pay', { amount: money(next, invoice.currency) })}
    <//>
  <//>`
}

/** Whoever comes back from the payment page, which has a tab of its own, sees what came of it even where no event arrived. */
function useComingBack(portal) {
  useEffect(() => {
    const look = () => document.visibilityState === 'visible' && portal.load()
    document.addEventListener('visibilitychange', look)
    return () => document.removeEventListener('visibilitychange', look)
  }, [portal.load])
}
