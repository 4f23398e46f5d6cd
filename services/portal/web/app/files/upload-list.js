import { Button } from '../../components/button.js'
import { Icon } from '../../components/icon.js'
import { IconButton } from '../../components/icon-button.js'
import { Progress } from '../../components/progress.js'
import { size } from '../../lib/format.js'
import { t } from '../../lib/texts.js'
import { html } from '../../lib/ui.js'
import { cancel, cancelRest, clearDone, pause, resume, retryFailed } from './uploads.js'

const ICONS = { waiting: 'clock', sending: 'upload', paused: 'pause', failed: 'circle-alert', done: 'circle-check' }

/** Files on their way, each with how far it is and what can be done about it. */
export function UploadList({ projectId, rows }) {
  if (rows.length === 0) return null
  const count = (wanted) => rows.filter(({ state }) => state === wanted).length
  const [done, failed] = [count('done'), count('failed')]
  // Those that are there need nothing any more, and would hide the others.
  const inOrder = rows.toSorted((one, other) => (one.state === 'done') - (other.state === 'done'))
  return html`<section class="card uploads" aria-label=${t('app.files.uploads')}>
    <div class="uploads-head">
      <p role="status">${t('app.files.uploaded_of', { count: done, of: rows.length })}${failed > 0 && html` · <span
        class="complaint">${t('app.files.failed_of', { count: failed })}</span>`}</p>
      ${failed > 1 && html`<${Button} icon="rotate-ccw" onPress=${() => retryFailed(rows)}>${t('app.files.retry_all')}<//>`}
      ${rows.length - done > 1 && html`<${Button} kind="plain" onPress=${() => cancelRest(rows)}>${t('app.files.cancel_rest')}<//>`}
      ${done > 0 && html`<${Button} kind="plain" onPress=${() => clearDone(projectId)}>${t('app.files.clear')}<//>`}
    </div>
    <ul>${inOrder.map((row) => html`<li key=${row.id}><${Row} ...${row} /></li>`)}</ul>
  </section>`
}

function Row({ id, file, state, share, result, why }) {
  return html`<div class=${`upload upload-${state}`}>
    <${Icon} name=${ICONS[state]} />
    <div class="upload-words">
      <bdi class="one-line" title=${file.name}>${file.name}</bdi>
      ${state === 'sending' && html`<${Progress} bare label=${t('app.files.progress_of', { name: file.name })} value=${Math.floor(share * 100)} />`}
      <span class=${state === 'failed' ? 'complaint' : 'quiet'}>${told({ file, state, share, result, why })}</span>
    </div>
    <${Choices} ...${{ id, state, name: file.name }} />
  </div>`
}

function Choices({ id, state, name }) {
  if (state === 'done') return null
  const retry = state === 'failed' ? ['rotate-ccw', 'app.files.retry'] : ['play', 'app.files.resume']
  return html`<span class="upload-choices">
    ${state === 'sending' || state === 'waiting'
      ? html`<${IconButton} icon="pause" label=${t('app.files.pause', { name })} onPress=${() => pause(id)} />`
      : html`<${IconButton} icon=${retry[0]} label=${t(retry[1], { name })} onPress=${() => resume(id)} />`}
    <${IconButton} icon="x" label=${t('app.files.cancel', { name })} onPress=${() => cancel(id)} />
  </span>`
}

function told({ file, state, share, result, why }) {
  if (state === 'failed') return why
  if (state === 'done') return result.version > 1 ? t('app.files.is_version', { version: result.version }) : t('app.files.is_there')
  if (state === 'sending') return t('app.files.sent_of', { sent: size(file.size * share), size: size(file.size) })
  return `${t(`app.files.upload_state.${state}`)} · ${size(file.size)}`
}
