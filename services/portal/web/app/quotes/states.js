// Where a quote stands, in words.
import { t } from '../../lib/texts.js'

const TONES = { draft: 'neutral', sent: 'info', viewed: 'info', changes_requested: 'warning', accepted: 'success', declined: 'danger', expired: 'neutral' }
export const QUOTE_STATES = Object.keys(TONES)

export const quoteState = ({ status }) => ({ tone: TONES[status] ?? 'neutral', text: t(`app.quotes.states.${status}`) })
