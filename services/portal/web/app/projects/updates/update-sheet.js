import { When } from '../../../components/when.js'
import { t } from '../../../lib/texts.js'
import { html } from '../../../lib/ui.js'

/** An update as its client reads it. */
export function UpdateSheet({ update, lead }) {
  return html`<article class="card update-sheet">
    <p class="quiet">${lead ?? t('app.projects.published', { when: html`<${When}
      at=${update.publishedAt} />` })}${update.aiGenerated && ` · ${t('app.projects.with_ai')}`}</p>
    <p class="long-text" dir="auto">${update.content}</p>
  </article>`
}
