import { html } from '../lib/ui.js'

/** Facts by name: [{term, value}]; those without a value are left out. */
export function DefinitionList({ items, kind = 'rows' }) {
  const known = items.filter(({ value }) => value !== null && value !== undefined && value !== '')
  return html`<dl class=${`definitions definitions-${kind}`}>
    ${known.map(({ term, value }) => html`<div key=${term}><dt>${term}</dt><dd>${value}</dd></div>`)}
  </dl>`
}
