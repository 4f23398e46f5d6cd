import { t } from '../lib/texts.js'
import { html } from '../lib/ui.js'

/**
 * What stands around every field: its label above, a hint and, once it was refused, a complaint below. The field itself
 * takes `described(id, complaint)`. With `bare` the label is only spoken.
 */
export function FieldFrame({ id, label, hint = '', complaint = '', optional = false, bare = false, kind = '', children }) {
  return html`<div class=${kind ? `field field-${kind}` : 'field'}>
    <label for=${id} class=${bare ? 'visually-hidden' : undefined}>
      ${label}${optional && html` <span class="optional">${t('shared.ui.optional')}</span>`}
    </label>
    <div class="field-row">${children}</div>
    <p class="quiet" id=${`${id}-hint`}>${hint}</p>
    <p class="complaint" id=${`${id}-complaint`} role="alert">${complaint}</p>
  </div>`
}

/** The attributes that tie a field to its frame. */
export function described(id, complaint) {
  return {
    id,
    'aria-invalid': complaint ? 'true' : undefined,
    'aria-describedby': `${id}-hint ${id}-complaint`,
  }
}
