// One invoice: the sheet as its client gets it, what is due of it, and everything that moved it.
import { Badge } from '../../components/badge.js'
import { NoticeBox } from '../../components/notice.js'
import { PageHead } from '../../components/page-head.js'
import { money } from '../../lib/format.js'
import { goTo } from '../../lib/place.js'
import { t } from '../../lib/texts.js'
import { html } from '../../lib/ui.js'
import { useLive } from '../lib/live.js'
import { useList } from '../lib/use-list.js'
import { useOne } from '../lib/use-one.js'
import { useTitle } from '../lib/use-title.js'
import { PaperPage } from '../papers/page.js'
import { InvoiceActions } from './invoice-actions.js'
import { InvoiceSheet } from './invoice-sheet.js'
import { InvoiceSide } from './invoice-side.js'
import { dueWords } from './due-words.js'
import { invoiceState } from './states.js'

const MANY = { limit: 200 }

export default function InvoicePage({ id }) {
  const one = useOne(`/api/invoices/${id}`)
  useTitle(one.value?.number ?? t('app.invoices.one'))
  return html`<${PaperPage} one=${one} home="/app/invoices">${(invoice) => html`<${Invoice} key=${id} invoice=${invoice} one=${one} />`}<//>`
}

function Invoice({ invoice, one }) {
  const path = `/api/invoices/${invoice.id}`
  const moved = {
    payments: useList(`${path}/payments`, MANY),
    creditNotes: useList(`${path}/credit-notes`, MANY),
    reminders: useList(`${path}/reminders`),
  }
  const reload = () => Promise.all([one.reload(), ...Object.values(moved).map((list) => list.reload())])
  useLive(['invoice.', 'payment.', 'refund.', 'dispute.', 'credit_note.'], ({ data }) => [data?.id, data?.invoiceId].includes(invoice.id) && reload())
  const { tone, text } = invoiceState(invoice)
  return html`<main id="main" tabindex="-1">
    <${PageHead} title=${invoice.number ?? t('app.invoices.draft')} badge=${html`<${Badge} tone=${tone}>${text}<//>`} lead=${dueWords(invoice)}
      back=${{ to: '/app/invoices', name: t('app.invoices.title') }}
      actions=${html`<${InvoiceActions} invoice=${invoice} onChanged=${reload} onDeleted=${() => goTo('/app/invoices')} />`} />
    <div class="paper-notices">
      ${invoice.amountOverpaid > 0 && html`<${NoticeBox} tone="warning">${t('app.invoices.overpaid', { amount: money(invoice.amountOverpaid, invoice.currency) })}<//>`}
    </div>
    <div class="paper-page">
      <${InvoiceSheet} invoice=${invoice} />
      <${InvoiceSide} invoice=${invoice} moved=${moved} />
    </div>
  </main>`
}
