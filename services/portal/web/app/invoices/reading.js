// An invoice in its editor's fields, and as the API takes it.
import { t } from '../../lib/texts.js'
import { daysAfter, today } from '../papers/days.js'
import { readContent, Reader } from '../papers/reading.js'
import { blankContent, noShare, optionOf, typedContent, typedShare } from '../papers/typed.js'
import { typed } from '../../lib/amounts.js'

const DUE_DAYS = 14

export function blankInvoice(currency, client = null) {
  const terms = { deposit: noShare(), depositOn: '', inParts: false, least: '' }
  return { ...blankContent(currency), ...terms, client, project: null, issueDate: '', dueDate: daysAfter(today(), DUE_DAYS) }
}

export function typedInvoice(invoice, project = null) {
  const { deposit } = invoice
  return {
    ...typedContent(invoice),
    project: project && { value: project.id, label: project.name },
    issueDate: invoice.issueDate ?? '',
    dueDate: invoice.dueDate,
    deposit: typedShare(deposit),
    depositOn: deposit && deposit.dueDate !== invoice.dueDate ? deposit.dueDate : '',
    inParts: invoice.allowPartialPayments,
    least: invoice.minimumPayment === null ? '' : typed(invoice.minimumPayment),
  }
}

/** The same charges once more, due from now. */
export function copiedInvoice(invoice, project = null) {
  return { ...typedInvoice(invoice, project), depositOn: '', issueDate: '', dueDate: daysAfter(today(), DUE_DAYS) }
}

/** What was accepted: the optional lines that were chosen count, the others are left out. */
export function invoiceOfQuote(quote, project = null) {
  const lines = quote.lines.filter((line, at) => !line.optional || quote.optionalLines.includes(at)).map((line) => ({ ...line, optional: false }))
  return {
    ...blankInvoice(quote.currency),
    ...typedContent({ ...quote, lines, notes: '' }),
    client: optionOf(quote.client),
    project: project && { value: project.id, label: project.name },
    notes: t('app.invoices.for_quote', { number: quote.number ?? '', title: quote.title }),
  }
}

export function readInvoice(values) {
  const read = readContent(values)
  const reader = new Reader(values.currency)
  const deposit = reader.share(values.deposit, 'deposit')
  const least = values.inParts ? reader.money(values.least, 'least', { empty: null }) : null
  const missing = { ...read.missing, ...missingOf(values) }
  const body = {
    clientId: values.client?.value,
    projectId: values.project?.value ?? null,
    ...read.content,
    issueDate: values.issueDate || null,
    dueDate: values.dueDate,
    deposit: deposit && { ...deposit, dueDate: values.depositOn || null },
    allowPartialPayments: values.inParts,
    minimumPayment: least,
  }
  return { ...read, complaints: { ...read.complaints, ...reader.complaints }, missing, body }
}

function missingOf({ client, dueDate, issueDate }) {
  return {
    ...(client ? {} : { client: t('app.papers.missing_client') }),
    ...(dueDate ? {} : { dueDate: t('app.papers.missing_day') }),
    ...(issueDate && dueDate && dueDate < issueDate ? { dueDate: t('app.invoices.due_before_issue') } : {}),
  }
}
