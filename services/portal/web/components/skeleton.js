import { t } from '../lib/texts.js'
import { html } from '../lib/ui.js'
import { Bones } from './bones.js'

/** The shape of the page while it loads; styles show it only after 200 ms. */
export function Skeleton({ what = t('shared.ui.loading'), shape = 'cards', count = 3 }) {
  return html`<main class="skeleton" id="main" tabindex="-1" aria-busy="true">
    <p class="visually-hidden" role="status">${what}</p>
    <div class="bone bone-title"></div>
    <${Bones} shape=${shape} count=${count} />
  </main>`
}
