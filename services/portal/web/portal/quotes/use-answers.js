import { useState } from '../../lib/ui.js'

/**
 * The client's answer to a quote: which dialog is `asked` (accept, changes, decline, or none), and what came between
 * (`moved`: the code of a conflict) when the quote is no longer what was looked at. An answer says whether to close.
 */
export function useAnswers(portal, quote) {
  const [asked, setAsked] = useState('')
  const [moved, setMoved] = useState(null)
  const send = (what, body, key, thanks) =>
    portal.attempt(async () => {
      try {
        portal.put('quotes', await portal.api.send(`/api/quotes/${quote.id}/${what}`, body, key))
      } catch (refusal) {
        if (refusal.status !== 409 || !refusal.code?.startsWith('quote_')) throw refusal
        setMoved({ code: refusal.code, revision: quote.revision })
        await portal.load()
        return
      }
      setMoved(null)
      thanks?.()
    })
  return {
    asked,
    moved,
    open: (what) => setAsked(what),
    close: () => setAsked(''),
    send,
  }
}
