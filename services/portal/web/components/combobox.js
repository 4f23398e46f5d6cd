import { placeAt } from '../lib/anchored.js'
import { t } from '../lib/texts.js'
import { html, useEffect, useId, useLayoutEffect, useRef, useState } from '../lib/ui.js'
import { useWait } from '../lib/use-wait.js'
import { described, FieldFrame } from './field-frame.js'
import { Icon } from './icon.js'
import { IconButton } from './icon-button.js'

/**
 * One of many, found by typing. `value` is the chosen option ({value, label, hint}) or null, `search` finds options for a
 * text (none typed: the first ones), `onChoose` gets the option, or null when the choice is taken back.
 */
export function Combobox({ label, value, search, onType, onChoose = onType, hint, complaint, optional, bare, placeholder, disabled }) {
  const id = useId()
  const list = useList({ value, search, onChoose })
  const { text, open, options, at, phase } = list
  const none = options.length === 0 && phase !== 'busy'
  const popup = usePopup(open && (none || options.length > 0), options)
  return html`<${FieldFrame} ...${{ id, label, hint, complaint, optional, bare, kind: 'combobox' }}>
    <input role="combobox" autocomplete="off" spellcheck=${false} dir="auto" value=${text} placeholder=${placeholder} disabled=${disabled}
      aria-expanded=${open} aria-controls=${`${id}-list`} aria-autocomplete="list"
      aria-activedescendant=${open && options[at] ? `${id}-${at}` : undefined}
      onInput=${(event) => list.type(event.target.value)} onKeyDown=${list.press} onClick=${list.show} onBlur=${list.leave}
      ...${described(id, complaint)} />
    ${value && !disabled
      ? html`<span class="field-inside"><${IconButton} icon="x" label=${t('shared.ui.clear')} onPress=${list.clear} /></span>`
      : html`<span class="field-after"><${Icon} name=${phase === 'busy' ? 'loader-circle' : 'chevrons-up-down'} turning=${phase === 'busy'} /></span>`}
    <div class="options" popover="manual" ref=${popup}>
      <div role="listbox" id=${`${id}-list`} aria-label=${label}>
        ${options.map((one, index) => html`<${Option} key=${one.value} id=${`${id}-${index}`} one=${one} active=${index === at}
          chosen=${one.value === value?.value} onPick=${() => list.choose(one)} />`)}
      </div>
      ${none && html`<p class="options-none">${t(phase === 'failed' ? 'shared.ui.search_failed' : 'shared.ui.no_matches')}</p>`}
    </div>
    <span class="visually-hidden" role="status">${open && phase === 'ready' ? t('shared.ui.matches', { count: options.length }) : ''}</span>
  <//>`
}

/** Over everything else, and so never cut off by a dialog or a scrolling list around the field. */
function usePopup(shown, options) {
  const popup = useRef(null)
  useLayoutEffect(() => {
    const element = popup.current
    if (!shown) {
      if (element.matches(':popover-open')) element.hidePopover()
      return undefined
    }
    if (!element.matches(':popover-open')) element.showPopover()
    const place = () => placeAt(element, element.closest('.field-row'), { wide: true })
    place()
    addEventListener('scroll', place, true)
    addEventListener('resize', place)
    return () => {
      removeEventListener('scroll', place, true)
      removeEventListener('resize', place)
    }
  }, [shown, options])
  return popup
}

function Option({ id, one, active, chosen, onPick }) {
  const element = useRef(null)
  useEffect(() => {
    if (active) element.current.scrollIntoView({ block: 'nearest' })
  }, [active])
  // Before the field loses its focus, which would close the list under the pointer.
  const hold = (event) => event.preventDefault()
  return html`<div ref=${element} role="option" id=${id} class=${active ? 'option option-active' : 'option'} aria-selected=${chosen}
    onPointerDown=${hold} onMouseDown=${hold} onClick=${onPick}>
    <span><bdi>${one.label}</bdi></span>${one.hint && html`<span class="quiet">${one.hint}</span>`}
  </div>`
}

function useList({ value, search, onChoose }) {
  const [text, setText] = useState(value?.label ?? '')
  const [open, setOpen] = useState(false)
  const [found, setFound] = useState({ options: [], phase: 'idle' })
  const [at, setAt] = useState(-1)
  const turn = useRef(0)
  useEffect(() => setText(value?.label ?? ''), [value?.value])

  const find = async (wanted) => {
    const mine = (turn.current += 1)
    setFound(({ options }) => ({ options, phase: 'busy' }))
    try {
      const options = await search(wanted)
      if (mine !== turn.current) return
      setFound({ options, phase: 'ready' })
      setAt(wanted && options.length > 0 ? 0 : -1)
    } catch {
      if (mine === turn.current) setFound({ options: [], phase: 'failed' })
    }
  }
  const findSoon = useWait(find)
  const show = () => {
    if (open) return
    setOpen(true)
    find('')
  }
  const close = () => {
    turn.current += 1
    setOpen(false)
    setAt(-1)
  }
  const choose = (one) => {
    setText(one.label)
    close()
    onChoose(one)
  }
  const leave = () => {
    close()
    setText(value?.label ?? '')
  }
  const step = (by) => (open ? setAt((now) => (now + by + found.options.length) % Math.max(found.options.length, 1)) : show())
  const keys = {
    ArrowDown: () => step(1),
    ArrowUp: () => step(at < 0 ? 0 : -1),
    Enter: () => open && found.options[at] && choose(found.options[at]),
    Escape: () => open && leave(),
  }
  return {
    ...found,
    text,
    open,
    at,
    choose,
    show,
    leave,
    clear: () => onChoose(null),
    type: (typed) => {
      setText(typed)
      setOpen(true)
      setFound(({ options }) => ({ options, phase: 'busy' }))
      findSoon(typed)
    },
    press: (event) => {
      const action = keys[event.key]
      if (!action || (event.key === 'Escape' && !open) || (event.key === 'Enter' && !open)) return
      event.preventDefault()
      event.stopPropagation()
      action()
    },
  }
}
