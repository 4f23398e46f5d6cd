// What the palette offers for what is typed: commands at once, and what the search finds a little later.
import { goTo } from '../../../lib/place.js'
import { t } from '../../../lib/texts.js'
import { useRef, useState } from '../../../lib/ui.js'
import { useWait } from '../../../lib/use-wait.js'
import { get } from '../../lib/api.js'
import { commands, narrowed } from './commands.js'
import { hintOf } from './hit-hint.js'
import { byKind, ICON_OF, placeOf } from './kinds.js'

const MOST = 20
const NONE = { groups: [], phase: 'idle' }

/** `groups` of options, the one `at` which the keys are, and what was `choose`n. */
export function usePalette({ onClose, onHelp, onAppearance }) {
  const [text, setText] = useState('')
  const [found, setFound] = useState(NONE)
  const [at, setAt] = useState(0)
  const turn = useRef(0)
  const wanted = text.trim()
  const look = async (q) => {
    const mine = (turn.current += 1)
    try {
      const { results } = await get('/api/search', { q, limit: MOST })
      if (mine === turn.current) setFound({ groups: byKind(results).map(groupOf), phase: 'ready' })
    } catch {
      if (mine === turn.current) setFound({ groups: [], phase: 'failed' })
    }
  }
  const lookSoon = useWait(look)
  const type = (typed) => {
    setText(typed)
    setAt(0)
    turn.current += 1
    if (!typed.trim()) return setFound(NONE)
    setFound((before) => ({ ...before, phase: 'busy' }))
    return lookSoon(typed.trim())
  }
  const own = narrowed(commands({ onHelp, onAppearance }), wanted)
  const groups = wanted ? [...own, ...found.groups, everywhere(wanted)] : own
  const options = groups.flatMap((group) => group.options)
  const choose = (option) => {
    onClose()
    option.run()
  }
  const press = (event) => {
    const goal = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: options.length - 1 }[event.key]
    if (event.key === 'Enter' && options[at]) choose(options[at])
    else if (goal === undefined || (['Home', 'End'].includes(event.key) && text)) return
    else setAt((goal + options.length) % options.length)
    event.preventDefault()
  }
  return { text, type, groups, options, at, choose, press, phase: found.phase, count: found.groups.flatMap((group) => group.options).length }
}

function groupOf({ kind, hits }) {
  const options = hits.map((hit) => ({
    value: `${hit.kind} ${hit.id}`,
    label: hit.title,
    hint: hintOf(hit),
    icon: ICON_OF[kind],
    run: () => goTo(placeOf(hit)),
  }))
  return { name: t(`app.search.kinds.${kind}`), options }
}

function everywhere(q) {
  const option = { value: 'everywhere', label: t('app.search.everywhere', { q }), icon: 'search', run: () => goTo(`/app/search?${new URLSearchParams({ q })}`) }
  return { name: t('app.search.title'), options: [option] }
}
