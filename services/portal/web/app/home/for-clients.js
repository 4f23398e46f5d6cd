// What waits for clients, out of what the API lists: the newest first.
import { t } from '../../lib/texts.js'
import { html } from '../../lib/ui.js'
import { get } from '../lib/api.js'

const MOST = 20
const OPEN = ['sent', 'viewed', 'partially_paid']

export const FOR_CLIENTS_EVENTS = ['file.', 'quote.', 'contract.', 'invoice.', 'payment.']

export const askForClients = () => ({
  quotes: get('/api/quotes', { status: 'sent', limit: MOST }),
  viewed: get('/api/quotes', { status: 'viewed', limit: MOST }),
  contracts: get('/api/contracts', { status: 'sent', limit: MOST }),
  opened: get('/api/contracts', { status: 'viewed', limit: MOST }),
  files: get('/api/files', { status: 'uploaded', limit: MOST }),
  invoices: get('/api/invoices', { overdue: false, limit: 2 * MOST }),
})

/** One row for each thing, as in for-us.js. `nameOf(id)` answers a client, or null. */
export function rowsForClients({ quotes = [], viewed = [], contracts = [], opened = [], files = [], invoices = [] }, nameOf) {
  const shown = files.filter(({ visibleToClient, uploadedBy }) => visibleToClient && uploadedBy.kind === 'member')
  return [
    ...quotes.map((quote) => quoteRow(quote, 'sent')),
    ...viewed.map((quote) => quoteRow(quote, 'viewed')),
    ...contracts.map((contract) => contractRow(contract, 'sent', nameOf)),
    ...opened.map((contract) => contractRow(contract, 'viewed', nameOf)),
    ...shown.map((file) => fileRow(file, nameOf)),
    ...invoices.filter(({ status, amountDue }) => OPEN.includes(status) && amountDue > 0).map(invoiceRow),
  ].sort((one, other) => other.since.localeCompare(one.since))
}

/** The clients whom rows name by their ids. */
export const clientIds = ({ contracts = [], opened = [], files = [] }) => [...contracts, ...opened, ...files].map(({ clientId }) => clientId)

const name = (text) => html`<bdi>${text}</bdi>`
const known = (nameOf, id) => name(nameOf(id)?.name ?? '…')

const quoteRow = (quote, state) => ({
  key: quote.id,
  icon: 'file-text',
  title: t('app.home.quote_waits', { quote: name(quote.title), name: name(quote.client.name) }),
  text: t(`app.home.is_${state}`),
  at: quote.lastViewedAt ?? quote.sentAt,
  since: quote.lastViewedAt ?? quote.sentAt,
  to: `/app/quotes/${quote.id}`,
  amount: { amount: quote.amount, currency: quote.currency },
})

const contractRow = (contract, state, nameOf) => ({
  key: contract.id,
  icon: 'signature',
  title: t('app.home.contract_waits', { contract: name(contract.title), name: known(nameOf, contract.clientId) }),
  text: t(`app.home.is_${state}`),
  at: contract.lastViewedAt ?? contract.sentAt,
  since: contract.lastViewedAt ?? contract.sentAt,
  to: `/app/contracts/${contract.id}`,
})

const fileRow = (file, nameOf) => ({
  key: file.id,
  icon: 'file',
  title: t('app.home.file_waits', { file: name(file.name), name: known(nameOf, file.clientId) }),
  text: t('app.home.to_review'),
  at: file.updatedAt,
  since: file.updatedAt,
  to: `/app/files/${file.id}`,
})

const invoiceRow = (invoice) => ({
  key: invoice.id,
  icon: 'receipt',
  title: t('app.home.invoice_waits', { number: invoice.number, name: name(invoice.client.name) }),
  text: t(`app.home.${invoice.status === 'partially_paid' ? 'is_partly_paid' : invoice.viewedAt ? 'is_viewed' : 'is_sent'}`),
  on: invoice.dueDate,
  since: invoice.sentAt ?? invoice.createdAt,
  due: true,
  to: `/app/invoices/${invoice.id}`,
  amount: { amount: invoice.amountDue, currency: invoice.currency },
})
