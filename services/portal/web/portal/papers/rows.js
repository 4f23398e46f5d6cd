// Quotes, invoices and contracts as rows of a list: newest first, those that wait for the client apart.
import { day, dayOf, money } from '../../lib/format.js'
import { t } from '../../lib/texts.js'
import { html } from '../../lib/ui.js'
import { awaitsAnswer, awaitsPayment } from '../home/waiting.js'
import { contractState, invoiceState, isExpired, quoteState } from './states.js'

export function quoteRow(quote) {
  const { state, tone } = quoteState(quote)
  const until = quote.expiresOn && t('portal.quotes.valid_through', { date: day(quote.expiresOn) })
  return {
    id: quote.id,
    to: `#/quotes/${quote.id}`,
    icon: 'file-text',
    what: quote.title || t('portal.quotes.title', { number: quote.number }),
    about: (isOpenQuote(quote) && until) || [quote.number, quote.sentAt && dayOf(quote.sentAt)].filter(Boolean).join(' · '),
    amount: money(quote.amount, quote.currency),
    badge: t(`portal.quotes.state.${state}`),
    tone,
    isOpen: isOpenQuote(quote),
    at: quote.sentAt ?? quote.createdAt,
  }
}

export function invoiceRow(invoice) {
  const { state, tone } = invoiceState(invoice)
  const isOpen = awaitsPayment(invoice)
  const due = t(invoice.overdue ? 'portal.invoices.was_due' : 'portal.invoices.due', { date: day(invoice.dueDate) })
  return {
    id: invoice.id,
    to: `#/invoices/${invoice.id}`,
    icon: 'receipt',
    what: t('portal.invoices.title', { number: html`<span class="unbroken">${invoice.number}</span>` }),
    about: isOpen ? due : day(invoice.issueDate),
    amount: money(isOpen ? invoice.amountDue : invoice.amount, invoice.currency),
    badge: t(`portal.invoices.state.${state}`),
    tone,
    isOpen,
    late: isOpen && invoice.overdue,
    at: invoice.issueDate ?? invoice.createdAt,
  }
}

export function contractRow(contract) {
  const { state, tone } = contractState(contract)
  const at = contract.signedAt ?? contract.declinedAt ?? contract.voidedAt ?? contract.sentAt
  return {
    id: contract.id,
    to: `#/contracts/${contract.id}`,
    icon: 'signature',
    what: contract.title,
    about: t(`portal.contracts.about.${state}`, { date: dayOf(at) }),
    badge: t(`portal.contracts.state.${state}`),
    tone,
    isOpen: awaitsAnswer(contract),
    at,
  }
}

function isOpenQuote(quote) {
  return awaitsAnswer(quote) && !isExpired(quote)
}

/** What waits first, then the rest, each by its time; what is late leads. */
export function parted(rows) {
  const newest = [...rows].sort((one, other) => other.at.localeCompare(one.at))
  const open = newest.filter(({ isOpen }) => isOpen)
  return {
    open: [...open.filter(({ late }) => late), ...open.filter(({ late }) => !late)],
    rest: newest.filter(({ isOpen }) => !isOpen),
  }
}
