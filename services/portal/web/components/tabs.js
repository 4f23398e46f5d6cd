import { center } from '../lib/centered.js'
import { html, useEffect, useId, useRef } from '../lib/ui.js'
import { Link } from './link.js'

const STEPS = { ArrowRight: 1, ArrowLeft: -1 }
const SHOWN = '[aria-current="page"], [aria-selected="true"]'

/**
 * Parts of a page side by side: [{key, name, count, to}]. Where they have addresses they are links, else buttons between
 * which the arrow keys move; `children` is the part on show.
 */
export function Tabs({ label, tabs, value, onChoose, children }) {
  const row = useRef(null)
  useEffect(() => center(row.current, SHOWN), [value])
  return tabs.some((tab) => tab.to)
    ? html`<nav class="tabs" aria-label=${label} ref=${row}>
        ${tabs.map((tab) => html`<${Link} key=${tab.key} class="tab" to=${tab.to} aria-current=${tab.key === value ? 'page' : undefined}>
          <${Inside} ...${tab} />
        <//>`)}
      </nav>${children}`
    : html`<${ButtonTabs} ...${{ label, tabs, value, onChoose, children }} />`
}

function ButtonTabs({ label, tabs, value, onChoose, children }) {
  const id = useId()
  const list = useRef(null)
  useEffect(() => center(list.current, SHOWN), [value])
  const move = (event) => {
    const step = (STEPS[event.key] ?? 0) * (getComputedStyle(list.current).direction === 'rtl' ? -1 : 1)
    const at = tabs.findIndex((tab) => tab.key === value)
    const ends = { Home: 0, End: tabs.length - 1 }
    const next = ends[event.key] ?? (step ? (at + step + tabs.length) % tabs.length : -1)
    if (next < 0) return
    event.preventDefault()
    onChoose(tabs[next].key)
    list.current.children[next].focus()
  }
  return html`<div class="tabs" role="tablist" aria-label=${label} ref=${list} onKeyDown=${move}>
      ${tabs.map((tab) => html`<button type="button" class="tab" role="tab" key=${tab.key} id=${`${id}-${tab.key}`}
        aria-selected=${tab.key === value} aria-controls=${children && tab.key === value ? `${id}-panel` : undefined}
        tabindex=${tab.key === value ? 0 : -1} onClick=${() => onChoose(tab.key)}>
        <${Inside} ...${tab} />
      </button>`)}
    </div>
    ${children && html`<div class="tab-panel" role="tabpanel" id=${`${id}-panel`} aria-labelledby=${`${id}-${value}`} tabindex="0">${children}</div>`}`
}

function Inside({ name, count }) {
  return html`${name}${count !== undefined && html`<span class="count">${count}</span>`}`
}
