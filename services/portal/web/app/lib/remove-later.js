// Deletion that can be taken back: what goes is out of sight at once, and is deleted when its toast has gone.
import { ask } from '../../lib/api.js'
import { onToasts, toast } from '../../lib/toasts.js'
import { explain } from '../../lib/words.js'

const leaving = new Set()

/** Whether the thing under an API path is about to be deleted: a list that is fetched meanwhile still has it. */
export const isLeaving = (path) => leaving.has(path)

/**
 * Deletes what is under `paths` once the toast with `text` has gone; until then it offers to undo that. `onBack` shows
 * it again, after an undo and where a deletion is refused. Whoever leaves the page has decided.
 */
export function removeLater({ paths, text, onBack, onGone = () => {} }) {
  let shown = false
  let end = () => {}
  const stopWaiting = () => {
    end()
    removeEventListener('pagehide', goAtOnce)
  }
  const back = () => {
    stopWaiting()
    for (const path of paths) leaving.delete(path)
    onBack()
  }
  const go = async () => {
    stopWaiting()
    const answers = await Promise.allSettled(paths.map((path) => ask('DELETE', path, { cookies: true })))
    for (const path of paths) leaving.delete(path)
    const refusal = answers.map(({ reason }) => reason).find((reason) => reason && reason.status !== 404)
    if (!refusal) return onGone()
    toast({ tone: 'danger', text: explain(refusal) })
    return onBack()
  }
  const goAtOnce = () => paths.forEach((path) => ask('DELETE', path, { cookies: true, keepalive: true }).catch(() => {}))
  for (const path of paths) leaving.add(path)
  addEventListener('pagehide', goAtOnce)
  toast({ text, undo: back })
  end = onToasts((toasts) => {
    const isThere = toasts.some(({ undo }) => undo === back)
    if (shown && !isThere) go()
    shown ||= isThere
  })
}
