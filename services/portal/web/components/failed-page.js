import { t } from '../lib/texts.js'
import { html } from '../lib/ui.js'
import { ErrorState } from './error-state.js'

/** Nobody answers, or not as they should. */
export function FailedPage({ onRetry }) {
  return html`<main id="main" tabindex="-1"><${ErrorState} what=${t('shared.ui.no_answer')} onRetry=${onRetry} /></main>`
}
