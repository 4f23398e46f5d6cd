import { Avatar } from '../../components/avatar.js'
import { html } from '../../lib/ui.js'
import { me } from '../lib/session.js'

/** Whose dashboard it is. */
export function House() {
  const { name } = me.value.agency
  return html`<p class="house" title=${name}><${Avatar} name=${name} size="small" /><span class="house-name one-line" dir="auto">${name}</span></p>`
}
