import { Bones } from '../../components/bones.js'
import { ErrorState } from '../../components/error-state.js'
import { Timeline } from '../../components/timeline.js'
import { t } from '../../lib/texts.js'
import { html, useId } from '../../lib/ui.js'
import { activityItems } from '../projects/activity-items.js'

/** What happened last, whoever did it. */
export function Latest({ gathered }) {
  const id = useId()
  const { phase, value, load } = gathered
  const rows = value.activity ?? []
  return html`<section class="home-card" aria-labelledby=${id} aria-busy=${phase === 'loading'}>
    <h2 class="home-head" id=${id}>${t('app.home.latest')}</h2>
    ${phase === 'loading' && html`<div class="home-bones"><${Bones} shape="text" count=${5} /></div>`}
    ${phase === 'failed' && html`<${ErrorState} level=${3} onRetry=${load} />`}
    ${phase === 'ready' && rows.length === 0 && html`<p class="home-nothing">${t('app.home.nothing_latest')}</p>`}
    ${rows.length > 0 && html`<div class="home-latest"><${Timeline} items=${activityItems(rows)} label=${t('app.home.latest')} /></div>`}
  </section>`
}
