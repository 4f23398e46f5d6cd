// What happened, in a sentence each: who, what, and the way to it.
import { Link } from '../../components/link.js'
import { t } from '../../lib/texts.js'
import { html } from '../../lib/ui.js'

// Its icon, where the subject is looked at, and the tone.
const KINDS = {
  'project.created': ['folder', (subject) => `#/projects/${subject.id}`],
  'project.completed': ['flag', (subject) => `#/projects/${subject.id}`, 'success'],
  'task.completed': ['square-check', (_, row) => `#/projects/${row.projectId}/board`, 'success'],
  'file.uploaded': ['file', (subject) => `#/files/${subject.id}`],
  'file.approved': ['file-check', (subject) => `#/files/${subject.id}`, 'success'],
  'file.changes_requested': ['file-pen-line', (subject) => `#/files/${subject.id}`, 'warning'],
  'file.signed': ['file-signature', (subject) => `#/files/${subject.id}`, 'success'],
  'update.published': ['sparkles', (_, row) => `#/projects/${row.projectId}`, 'info'],
  'contract.sent': ['signature', (subject) => `#/contracts/${subject.id}`],
  'contract.signed': ['signature', (subject) => `#/contracts/${subject.id}`, 'success'],
  'contract.declined': ['signature', (subject) => `#/contracts/${subject.id}`, 'warning'],
  'invoice.sent': ['receipt', (subject) => `#/invoices/${subject.id}`],
  'invoice.paid': ['banknote', (subject) => `#/invoices/${subject.id}`, 'success'],
  'feedback.received': ['star', (_, row) => `#/projects/${row.projectId}`],
}

// What clients do themselves has a second sentence, which says "you".
const MINE = new Set([
  ...['file.uploaded', 'file.approved', 'file.changes_requested', 'file.signed'],
  ...['contract.signed', 'contract.declined', 'feedback.received'],
])

/** Events after which there is more to tell. */
export const HEARD = Object.keys(KINDS)

/** Rows of the activity feed as a timeline's items. */
export function entriesOf(rows, { client }) {
  return rows.filter(({ type }) => type in KINDS).map((row) => entry(row, client))
}

function entry(row, client) {
  const [icon, addressOf, tone] = KINDS[row.type]
  const name = html`<${Link} to=${addressOf(row.subject, row)}><bdi>${row.subject.name || t('portal.activity.unnamed')}</bdi><//>`
  const mine = MINE.has(row.type) && row.actor.kind === 'client' && row.actor.id === client.id
  const key = `portal.activity.${row.type.replace('.', '_')}`
  const who = html`<bdi>${row.actor.name}</bdi>`
  return { key: row.id, icon, tone, at: row.at, text: t(mine ? `${key}_mine` : key, { who, name }) }
}
