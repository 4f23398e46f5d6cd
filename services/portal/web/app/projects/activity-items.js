// What happened, in words.
import { Link } from '../../components/link.js'
import { named, t } from '../../lib/texts.js'
import { html } from '../../lib/ui.js'

const ICONS = {
  project: 'folder', task: 'square-check', file: 'file', message: 'message-square', update: 'send', feedback: 'star', contract: 'signature',
  quote: 'file-text', invoice: 'receipt', credit_note: 'receipt', payment: 'banknote',
}
const TONES = {
  approved: 'success', signed: 'success', paid: 'success', completed: 'success', accepted: 'success', changes_requested: 'warning',
  overdue: 'danger', declined: 'danger', deleted: 'neutral',
}
const PAGES = {
  file: '/app/files/', invoice: '/app/invoices/', quote: '/app/quotes/', contract: '/app/contracts/', payment: '/app/payments/', project: '/app/projects/',
}

/** Rows of the activity as the items of a Timeline. */
export function activityItems(rows) {
  return rows.map((row) => {
    const [noun, verb] = row.type.split('.')
    return {
      key: row.id,
      icon: ICONS[noun] ?? 'circle',
      tone: TONES[verb] ?? 'info',
      text: html`${named('app.activity', row.type.replace('.', '_'))}${row.subject.name && html`: <${Subject} row=${row} />`}`,
      by: row.actor.kind === 'system' ? t('app.projects.system') : row.actor.name,
      at: row.at,
    }
  })
}

function Subject({ row: { subject, type } }) {
  const page = PAGES[subject.kind]
  return page && !type.endsWith('.deleted')
    ? html`<${Link} to=${page + subject.id} dir="auto">${subject.name}<//>`
    : html`<bdi>${subject.name}</bdi>`
}
