// Where a contract stands, in words.
import { t } from '../../lib/texts.js'

const TONES = { draft: 'neutral', sent: 'info', viewed: 'info', signed: 'success', declined: 'danger', void: 'neutral' }
export const CONTRACT_STATES = Object.keys(TONES)

export const contractState = ({ status }) => ({ tone: TONES[status] ?? 'neutral', text: t(`app.contracts.states.${status}`) })

export const waits = ({ status }) => status === 'sent' || status === 'viewed'
