// What waits for the agency, out of what the API lists: the newest first.
import { t } from '../../lib/texts.js'
import { html } from '../../lib/ui.js'
import { get } from '../lib/api.js'

const MOST = 20
const LATELY_MS = 14 * 24 * 60 * 60 * 1000

export const FOR_US_EVENTS = ['message.created', 'file.', 'quote.', 'lead.', 'invoice.', 'payment.']

export const askForUs = () => ({
  threads: get('/api/threads', { waiting: 'agency', limit: MOST }),
  files: get('/api/files', { status: 'changes_requested', limit: MOST }),
  changes: get('/api/quotes', { status: 'changes_requested', limit: MOST }),
  accepted: get('/api/quotes', { status: 'accepted', limit: MOST }),
  leads: get('/api/leads', { status: 'new', limit: MOST }),
  overdue: get('/api/invoices', { overdue: true, limit: MOST }),
})

/** One row for each thing: {key, icon, tone, title, text, at or on, to}. */
export function rowsForUs({ threads = [], files = [], changes = [], accepted = [], leads = [], overdue = [] }, now = Date.now()) {
  const lately = accepted.filter(({ acceptedAt }) => now - Date.parse(acceptedAt) < LATELY_MS)
  return [
    ...threads.map(threadRow),
    ...files.map(fileRow),
    ...changes.map((quote) => quoteRow(quote, 'changes', 'warning', quote.updatedAt, quote.changeRequest)),
    ...lately.map((quote) => quoteRow(quote, 'accepted', 'success', quote.acceptedAt)),
    ...leads.map(leadRow),
    ...overdue.map(overdueRow),
  ].sort((one, other) => (other.at ?? other.on).localeCompare(one.at ?? one.on))
}

const name = (text) => html`<bdi>${text}</bdi>`

const threadRow = ({ id, client, project, lastMessage }) => ({
  key: id,
  icon: 'message-square',
  tone: 'info',
  title: t('app.home.wrote', { name: name(client.name), project: name(project.name) }),
  text: lastMessage.excerpt,
  at: lastMessage.createdAt,
  to: `/app/inbox/${id}`,
})

const fileRow = (file) => ({
  key: file.id,
  icon: 'file-pen-line',
  tone: 'warning',
  title: t('app.home.file_changes', { file: name(file.name) }),
  text: file.approval?.comment ?? '',
  at: file.updatedAt,
  to: `/app/files/${file.id}`,
})

const quoteRow = (quote, what, tone, at, text = '') => ({
  key: quote.id,
  icon: what === 'accepted' ? 'file-check' : 'file-pen-line',
  tone,
  title: t(`app.home.quote_${what}`, { name: name(quote.client.name), quote: name(quote.title) }),
  text: text ?? '',
  at,
  to: `/app/quotes/${quote.id}`,
  amount: { amount: quote.amount, currency: quote.currency },
})

const leadRow = (lead) => ({
  key: lead.id,
  icon: 'user-plus',
  tone: 'info',
  title: t('app.home.lead', { name: name(lead.name || lead.email), form: name(lead.formName) }),
  text: lead.message,
  at: lead.createdAt,
  to: `/app/leads/${lead.id}`,
})

const overdueRow = (invoice) => ({
  key: invoice.id,
  icon: 'receipt',
  tone: 'danger',
  title: t('app.home.overdue', { number: invoice.number, name: name(invoice.client.name) }),
  text: '',
  on: invoice.dueDate,
  due: true,
  to: `/app/invoices/${invoice.id}`,
  amount: { amount: invoice.amountDue, currency: invoice.currency },
})
