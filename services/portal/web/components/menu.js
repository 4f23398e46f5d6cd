import { placeAt } from '../lib/anchored.js'
import { t } from '../lib/texts.js'
import { html, useEffect, useId, useRef, useState } from '../lib/ui.js'
import { Icon } from './icon.js'
import { Link } from './link.js'

/**
 * A button with more to do behind it: [{label, icon, onPress, to, href, tone, disabled}], or null where there is
 * nothing. Without `children` the button is three dots named `label`.
 */
export function Menu({ label = t('shared.ui.actions'), items, icon = 'ellipsis', children, kind = 'quiet' }) {
  const id = useId()
  const [open, setOpen] = useState(false)
  const button = useRef(null)
  const list = useRef(null)
  const shown = items.filter(Boolean)
  useEffect(() => {
    const element = list.current
    const toggled = (event) => setOpen(event.newState === 'open')
    element.addEventListener('toggle', toggled)
    return () => element.removeEventListener('toggle', toggled)
  }, [])
  useEffect(() => {
    if (!open) return undefined
    const away = (event) => event.target.contains?.(button.current) && list.current.hidePopover()
    addEventListener('scroll', away, true)
    return () => removeEventListener('scroll', away, true)
  }, [open])
  const show = (last = false) => {
    list.current.showPopover()
    placeAt(list.current, button.current)
    const all = itemsOf(list.current)
    all.at(last ? -1 : 0)?.focus()
  }
  const close = () => {
    list.current.hidePopover()
    button.current.focus()
  }
  // The browser knows the button by its `popovertarget`, and so does not close the menu before the press is heard.
  const toggle = (event) => {
    event.preventDefault()
    if (list.current.matches(':popover-open')) close()
    else show()
  }
  const openByKey = (event) => {
    if (event.key !== 'ArrowDown' && event.key !== 'ArrowUp') return
    event.preventDefault()
    show(event.key === 'ArrowUp')
  }
  const move = (event) => moveIn(event, list.current, close)
  return html`<span class="menu">
    <button type="button" ref=${button} class=${children ? `button button-${kind}` : 'icon-button'} aria-haspopup="menu"
      aria-expanded=${open} aria-controls=${id} aria-label=${children ? undefined : label} title=${children ? undefined : label}
      popovertarget=${id} onClick=${toggle} onKeyDown=${openByKey}>
      ${children ? html`${children}<${Icon} name="chevron-down" />` : html`<${Icon} name=${icon} />`}
    </button>
    <div class="menu-list" role="menu" id=${id} aria-label=${label} popover="auto" ref=${list} onKeyDown=${move}>
      ${shown.map((item) => html`<${Item} key=${item.label} ...${item} onDone=${close} />`)}
    </div>
  </span>`
}

function Item({ label, icon, onPress, to, href, tone = 'neutral', disabled = false, onDone, ...rest }) {
  const press = () => {
    if (disabled) return
    onDone()
    onPress?.()
  }
  const inside = html`${icon && html`<${Icon} name=${icon} />`}<span>${label}</span>`
  const shared = { role: 'menuitem', class: `menu-item menu-item-${tone}`, tabindex: -1, ...rest }
  if (to) return html`<${Link} to=${to} ...${shared}>${inside}<//>`
  if (href) return html`<a href=${href} ...${shared}>${inside}</a>`
  return html`<button type="button" aria-disabled=${disabled || undefined} onClick=${press} ...${shared}>${inside}</button>`
}

function itemsOf(list) {
  return [...list.querySelectorAll('[role="menuitem"]:not([aria-disabled="true"])')]
}

function moveIn(event, list, close) {
  const all = itemsOf(list)
  const at = all.indexOf(document.activeElement)
  const goal = {
    ArrowDown: all[(at + 1) % all.length],
    ArrowUp: all.at(at - 1),
    Home: all[0],
    End: all.at(-1),
  }[event.key]
  if (event.key === 'Tab') close()
  const typed = event.key.length === 1 && !event.ctrlKey && !event.metaKey ? startingWith(all, at, event.key) : null
  if (!goal && !typed) return
  event.preventDefault()
  const next = goal ?? typed
  next.focus()
}

function startingWith(all, at, letter) {
  const later = [...all.slice(at + 1), ...all.slice(0, at + 1)]
  return later.find((item) => item.textContent.trim().toLowerCase().startsWith(letter.toLowerCase()))
}
