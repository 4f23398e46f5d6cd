import { t } from '../lib/texts.js'
import { html } from '../lib/ui.js'
import { EmptyState } from './empty-state.js'
import { LinkButton } from './link-button.js'

/**
 * For what is gone, was never there or is not this reader's: one and the same page. `home` is where the face starts,
 * `text` what else may be the matter.
 */
export function NothingHere({ home = '#/', text = t('shared.ui.nothing_here_text') }) {
  return html`<main id="main" tabindex="-1">
    <${EmptyState} icon="search" level=${1} title=${t('shared.ui.nothing_here')} text=${text}
      action=${html`<${LinkButton} to=${home}>${t('shared.ui.to_start')}<//>`} />
  </main>`
}
