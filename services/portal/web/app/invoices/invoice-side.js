import { Bones } from '../../components/bones.js'
import { Card } from '../../components/card.js'
import { DefinitionList } from '../../components/definition-list.js'
import { Link } from '../../components/link.js'
import { Money } from '../../components/money.js'
import { Timeline } from '../../components/timeline.js'
import { When } from '../../components/when.js'
import { money } from '../../lib/format.js'
import { t } from '../../lib/texts.js'
import { html } from '../../lib/ui.js'
import { useNames } from '../lib/names.js'
import { download } from '../papers/pdf.js'
import { methodWords } from '../payments/words.js'
import { historyOf } from './history.js'

/** Beside the sheet: what is due, what was paid and credited, and what happened. */
export function InvoiceSide({ invoice, moved }) {
  const { payments, creditNotes } = moved
  const isLoading = Object.values(moved).some(({ phase }) => phase === 'loading')
  return html`<div class="paper-side">
    <${Facts} invoice=${invoice} />
    ${payments.rows.length > 0 && html`<${Card} title=${t('app.payments.title')}><ul class="moved">${payments.rows.map((payment) => html`<${Payment} key=${payment.id} payment=${payment} />`)}</ul><//>`}
    ${creditNotes.rows.length > 0 && html`<${Card} title=${t('app.invoices.credit_notes')}><ul class="moved">${creditNotes.rows.map((note) => html`<${CreditNote} key=${note.id} note=${note} />`)}</ul><//>`}
    <${Card} title=${t('app.papers.history')}>
      ${isLoading ? html`<${Bones} shape="text" count=${3} />` : html`<${Timeline} items=${historyOf(invoice, moved)} label=${t('app.papers.history')} />`}
    <//>
  </div>`
}

function Facts({ invoice }) {
  const { currency, deposit, projectId } = invoice
  const projectOf = useNames('projects', [projectId])
  const items = [
    { term: t('app.papers.client'), value: html`<${Link} to=${`/app/clients/${invoice.clientId}`}><bdi class="clamp">${invoice.client.name}</bdi><//>` },
    { term: t('app.papers.project'), value: projectId && html`<${Link} to=${`/app/projects/${projectId}`}><bdi class="clamp">${projectOf(projectId)?.name ?? t('app.quotes.to_project')}</bdi><//>` },
    { term: t('app.invoices.amount_due'), value: html`<strong><${Money} amount=${invoice.amountDue} currency=${currency} /></strong>` },
    { term: t('app.invoices.deposit'), value: deposit && t('app.invoices.deposit_words', { amount: money(invoice.depositAmount, currency), day: html`<${When} on=${deposit.dueDate} />` }) },
    { term: t('app.invoices.parts'), value: invoice.allowPartialPayments ? partWords(invoice) : null },
  ]
  return html`<${Card} title=${t('app.papers.facts')}><${DefinitionList} items=${items} /><//>`
}

function partWords({ minimumPayment, currency }) {
  return minimumPayment ? t('app.invoices.parts_least', { amount: money(minimumPayment, currency) }) : t('app.invoices.parts_any')
}

function Payment({ payment }) {
  const { id, amount, currency, receivedOn, refunded } = payment
  return html`<li>
    <${Link} to=${`/app/payments/${id}`}><${Money} amount=${amount} currency=${currency} /><//>
    <span class="quiet">${methodWords(payment)} · <${When} on=${receivedOn} /></span>
    ${refunded > 0 && html`<span class="quiet">${t('app.payments.of_it_refunded', { amount: money(refunded, currency) })}</span>`}
  </li>`
}

function CreditNote({ note: { id, number, amount, currency, issueDate, reason } }) {
  return html`<li>
    <span><button type="button" class="text-button" onClick=${() => download(`/api/credit-notes/${id}/pdf`, number)}>${number}</button> · <${Money} amount=${amount} currency=${currency} /></span>
    <span class="quiet"><${When} on=${issueDate} /></span>
    ${reason && html`<span class="quiet clamp" dir="auto">${reason}</span>`}
  </li>`
}
