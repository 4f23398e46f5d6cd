import { html } from '../lib/ui.js'

const APPLE = /Mac|iP(hone|ad|od)/.test(navigator.platform)
const NAMES = { Mod: APPLE ? '⌘' : 'Ctrl', Enter: '↵', ArrowUp: '↑', ArrowDown: '↓', Escape: 'Esc' }

/** Keys to press: `Mod K`, where Mod is the key of commands on this machine. */
export function Kbd({ keys }) {
  return html`<span class="keys">${keys.split(' ').map((key) => html`<kbd key=${key}>${NAMES[key] ?? key}</kbd>`)}</span>`
}
