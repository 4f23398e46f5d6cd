import { t } from '../lib/texts.js'
import { html } from '../lib/ui.js'
import { Field } from './field.js'
import { IconButton } from './icon-button.js'

/** What one is looking for; Escape empties it. */
export function SearchField({ label = t('shared.ui.search'), value, onType, bare = true, placeholder = label, ...rest }) {
  const leave = (event) => {
    if (event.key !== 'Escape' || !value) return
    // Not the window that the field may stand in.
    event.preventDefault()
    event.stopPropagation()
    onType('')
  }
  return html`<${Field} kind="search" type="search" icon="search" autocomplete="off" spellcheck=${false} enterkeyhint="search"
    ...${{ label, value, onType, bare, placeholder }} onKeyDown=${leave} ...${rest}>
    ${value && html`<span class="field-inside"><${IconButton} icon="x" label=${t('shared.ui.clear')} onPress=${() => onType('')} /></span>`}
  <//>`
}
