// Writes that are made by one press: each keeps its key until it got through, so that a second press has no second effect.
import { newKey } from '../../lib/api.js'
import { t } from '../../lib/texts.js'
import { toast } from '../../lib/toasts.js'
import { useRef } from '../../lib/ui.js'
import { explain } from '../../lib/words.js'

/**
 * `act(name, write, text)` calls `write(key)`, says `text` and answers what came back; null where it was refused. Where
 * something else happened meanwhile, `onConflict` fetches what there is now.
 */
export function useAct(onConflict = () => {}) {
  const keys = useRef({})
  return async (name, write, text = '') => {
    keys.current[name] ??= newKey()
    try {
      const answer = await write(keys.current[name])
      delete keys.current[name]
      if (text) toast({ text })
      return answer
    } catch (refusal) {
      if (refusal.status === undefined) throw refusal
      // What was refused for good may be right another time; what did not get through is the same attempt.
      if (refusal.status >= 400 && refusal.status < 500) delete keys.current[name]
      toast({ tone: 'danger', text: explain(refusal) })
      if (refusal.status === 409) await onConflict()
      return null
    }
  }
}

export async function copyText(text, said = t('app.papers.link_copied')) {
  try {
    await navigator.clipboard.writeText(text)
  } catch {
    // No clipboard without HTTPS: the older way still works from a press.
    const field = document.createElement('textarea')
    field.value = text
    // Beside an open dialog nothing can be selected.
    const pressed = document.activeElement
    const place = pressed?.closest('dialog') ?? document.body
    place.append(field)
    field.select()
    document.execCommand('copy')
    field.remove()
    pressed?.focus()
  }
  toast({ text: said })
}
