import { keepDraft, keptDraft } from '../../lib/drafts.js'
import { totalsOf } from '../../lib/totals.js'
import { useState } from '../../lib/ui.js'
import { isAnswerable } from '../papers/states.js'

/**
 * Which optional lines of a quote are chosen, and `paper`: the quote with the totals that makes. A choice is kept for the
 * revision it was made in; of an answered quote it is the one that was answered with.
 */
export function useChosen(quote) {
  const [choices, setChoices] = useState({})
  const name = `quote.${quote.id}.${quote.revision}`
  if (!isAnswerable(quote)) return { paper: quote, chosen: quote.optionalLines, choose: null }
  const chosen = choices[name] ?? kept(name, quote)
  const choose = (next) => {
    setChoices({ ...choices, [name]: next })
    keepDraft(name, JSON.stringify(next))
  }
  return { paper: withTotals(quote, chosen), chosen, choose }
}

function kept(name, { lines }) {
  const found = JSON.parse(keptDraft(name) || '[]')
  return found.filter((at) => lines[at]?.optional)
}

function withTotals(quote, chosen) {
  try {
    return { ...quote, ...totalsOf(quote, chosen) }
  } catch {
    // More than can be billed: the server says so when it is accepted.
    return quote
  }
}
