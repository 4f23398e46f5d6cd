import { named } from '../../../lib/texts.js'

// Where it is a state, the search answers its bare name; where its text holds the words, a part of that instead.
const STATES = ['project', 'task', 'file', 'quote', 'invoice']

export const isState = ({ kind, subtitle }) => STATES.includes(kind) && named(`app.search.states.${kind}`, subtitle) !== subtitle

/** What stands below the name of something found: its state in words, or a part of what it says. */
export function hintOf(hit) {
  const { kind, subtitle } = hit
  return isState(hit) ? named(`app.search.states.${kind}`, subtitle) : subtitle.replaceAll(/[#*_`{}]+/g, '').trim()
}
