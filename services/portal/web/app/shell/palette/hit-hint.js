import { named } from '../../../lib/texts.js'

// Where it is a state, the search answers its bare name.
const STATES = ['project', 'task', 'file', 'quote', 'invoice']

/** What stands below the name of something found: its state in words, or a part of what it says. */
export function hintOf({ kind, subtitle }) {
  return STATES.includes(kind) ? named(`app.search.states.${kind}`, subtitle) : subtitle.replaceAll(/[#*_`{}]+/g, '').trim()
}
