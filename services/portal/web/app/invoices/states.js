// Where an invoice stands, in words.
import { t } from '../../lib/texts.js'

const TONES = { draft: 'neutral', sent: 'info', viewed: 'info', partially_paid: 'warning', paid: 'success', void: 'neutral', overdue: 'danger' }

/** Overdue is not a state of its own but a question of the day; it is the one that matters then. */
export function invoiceState({ status, overdue }) {
  const state = overdue ? 'overdue' : status
  return { tone: TONES[state] ?? 'neutral', text: t(`app.invoices.states.${state}`) }
}

export const isOpen = ({ status }) => ['sent', 'viewed', 'partially_paid'].includes(status)
