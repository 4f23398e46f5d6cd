import { Bones } from '../../components/bones.js'
import { Button } from '../../components/button.js'
import { ErrorState } from '../../components/error-state.js'
import { Icon } from '../../components/icon.js'
import { t } from '../../lib/texts.js'
import { html, useId, useState } from '../../lib/ui.js'
import { WaitingRow } from './waiting-row.js'

const FIRST = 6

/** What waits for somebody: the newest of it, and the rest on request. */
export function WaitingCard({ title, nothing, gathered, rows }) {
  const id = useId()
  const [all, setAll] = useState(false)
  const { phase, missing, load } = gathered
  const shown = all ? rows : rows.slice(0, FIRST)
  return html`<section class="home-card" aria-labelledby=${id} aria-busy=${phase === 'loading'}>
    <h2 class="home-head" id=${id}>${title}${rows.length > 0 && html`<span class="count quiet">${rows.length}</span>`}</h2>
    ${phase === 'loading' && html`<div class="home-bones"><${Bones} shape="rows" count=${3} /></div>`}
    ${phase === 'failed' && html`<${ErrorState} level=${3} onRetry=${load} />`}
    ${phase === 'ready' && rows.length === 0 && html`<p class="home-nothing"><${Icon} name="check-check" />${nothing}</p>`}
    ${shown.length > 0 && html`<ul class="waiting">${shown.map((row) => html`<${WaitingRow} key=${row.key} row=${row} />`)}</ul>`}
    ${rows.length > shown.length &&
    html`<div class="home-more"><${Button} kind="plain" onPress=${() => setAll(true)}>${t('app.home.more', { count: rows.length - shown.length })}<//></div>`}
    ${phase === 'ready' && missing && html`<p class="home-more quiet" role="status">${t('app.home.partly')} <${Button} kind="plain" onPress=${load}>${t('shared.ui.retry')}<//></p>`}
  </section>`
}
