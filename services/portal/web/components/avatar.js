import { html, useState } from '../lib/ui.js'

/** Somebody's picture, or the first letters of their name. It says nothing: the name stands beside it. */
export function Avatar({ name = '', src = '', size = 'medium' }) {
  const [missing, setMissing] = useState(false)
  const inside = src && !missing ? html`<img src=${src} alt="" onError=${() => setMissing(true)} />` : initials(name)
  return html`<span class=${`avatar avatar-${size}`} aria-hidden="true">${inside}</span>`
}

function initials(name) {
  const words = name.trim().split(/\s+/)
  const first = words.length > 1 ? [words[0], words.at(-1)] : words
  return first.map((word) => [...word][0] ?? '').join('').toLocaleUpperCase()
}
