import { Button } from '../../components/button.js'
import { MarkdownText } from '../../components/markdown-text.js'
import { When } from '../../components/when.js'
import { t } from '../../lib/texts.js'
import { html, useState } from '../../lib/ui.js'

/** The agency's reports on a project, the newest whole, the others on demand. */
export function Updates({ updates }) {
  const [all, setAll] = useState(false)
  const shown = all ? updates : updates.slice(0, 1)
  return html`<section aria-labelledby="updates" class="updates-section">
    <h2 id="updates">${t(all ? 'portal.projects.updates' : 'portal.projects.latest_update')}</h2>
    <ol class="updates">
      ${shown.map((update) => html`<li key=${update.id} class="card update">
        <p class="quiet">
          <${When} at=${update.publishedAt} relative />${update.aiGenerated && ` · ${t('portal.projects.with_ai')}`}
        </p>
        <${MarkdownText} text=${update.content} />
      </li>`)}
    </ol>
    ${!all && updates.length > 1 && html`<${Button} kind="plain" onPress=${() => setAll(true)}>${t('portal.projects.older_updates', { count: updates.length - 1 })}<//>`}
  </section>`
}
