import { Badge } from '../../components/badge.js'
import { Link } from '../../components/link.js'
import { Money } from '../../components/money.js'
import { When } from '../../components/when.js'
import { t } from '../../lib/texts.js'
import { html } from '../../lib/ui.js'
import { invoiceState } from '../invoices/states.js'
import { useLive } from '../lib/live.js'
import { useList } from '../lib/use-list.js'
import { quoteState } from '../quotes/states.js'
import { Section } from './section.js'

const SHOWN = 5

/** Invoices and quotes of a client, the newest of each. */
export function ClientMoney({ client }) {
  const query = { clientId: client.id, limit: SHOWN }
  const invoices = useList('/api/invoices', query)
  const quotes = useList('/api/quotes', query)
  useLive(['invoice.', 'payment.'], invoices.reload)
  useLive(['quote.'], quotes.reload)
  return html`<${Section} title=${t('app.clients.invoices')} list=${invoices} all=${`/app/invoices?clientId=${client.id}`} empty=${t('app.clients.no_invoices')}>
      <ul class="client-rows client-papers">
        ${invoices.rows.map((invoice) => html`<${Row} key=${invoice.id} to=${`/app/invoices/${invoice.id}`} name=${invoice.number ?? t('app.clients.draft')}
          state=${invoiceState(invoice)} paper=${invoice} on=${invoice.dueDate} />`)}
      </ul>
    <//>
    <${Section} title=${t('app.clients.quotes')} list=${quotes} all=${`/app/quotes?clientId=${client.id}`} empty=${t('app.clients.no_quotes')}>
      <ul class="client-rows client-papers">
        ${quotes.rows.map((quote) => html`<${Row} key=${quote.id} to=${`/app/quotes/${quote.id}`} name=${quote.title || quote.number}
          state=${quoteState(quote)} paper=${quote} />`)}
      </ul>
    <//>`
}

function Row({ to, name, state, paper, on }) {
  return html`<li>
    <${Link} to=${to} class="client-row-name" dir="auto">${name}<//>
    <span class="quiet client-paper-due">${on && t('app.clients.due', { when: html`<${When} on=${on} />` })}</span>
    <${Money} amount=${paper.amount} currency=${paper.currency} />
    <span class="client-paper-state"><${Badge} tone=${state.tone}>${state.text}<//></span>
  </li>`
}
