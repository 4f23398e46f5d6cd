import { center } from '../lib/centered.js'
import { html, useEffect, useRef } from '../lib/ui.js'

/** Filters in a row, one of them pressed: [{value, label, count}]. Where `value` is an array, any number of them. */
export function Chips({ label, options, value, onChoose }) {
  const many = Array.isArray(value)
  const isOn = (one) => (many ? value.includes(one) : one === value)
  const toggled = (one) => (isOn(one) ? value.filter((other) => other !== one) : [...value, one])
  const row = useRef(null)
  useEffect(() => {
    if (!many) center(row.current, '[aria-pressed="true"]')
  }, [many || value])
  return html`<div class="chips" role="group" aria-label=${label} ref=${row}>
    ${options.map((one) => html`<button type="button" class="chip" key=${one.value} aria-pressed=${isOn(one.value)}
      onClick=${() => onChoose(many ? toggled(one.value) : one.value)}>
      ${one.label}${one.count !== undefined && html`<span class="count">${one.count}</span>`}
    </button>`)}
  </div>`
}
