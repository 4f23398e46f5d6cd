// One thread, to read and to answer: the same in the inbox and on a project's page.
import { Bones } from '../../components/bones.js'
import { EmptyState } from '../../components/empty-state.js'
import { ErrorState } from '../../components/error-state.js'
import { t } from '../../lib/texts.js'
import { html } from '../../lib/ui.js'
import { Composer } from './composer.js'
import { Log } from './log.js'
import { useConversation } from './use-conversation.js'

/**
 * `thread` has `id`, `projectId` and `visibility`, and may have its `client` ({name}). `head` stands above the messages,
 * `onSent(message)` hears of what was sent. It is as high as `--talk` says.
 */
export function Conversation({ thread, head, onSent }) {
  return html`<${Talk} key=${thread.id} ...${{ thread, head, onSent }} />`
}

function Talk({ thread, head, onSent }) {
  const talk = useConversation(thread.id, onSent)
  const internal = thread.visibility === 'internal'
  return html`<section class=${internal ? 'talk talk-internal' : 'talk'} aria-label=${t('app.conversation.title')}>
    ${head}
    <${Body} ...${{ talk, internal }} />
    ${talk.phase !== 'missing' && html`<${Composer} ...${{ thread, internal }} onSend=${talk.send} />`}
  </section>`
}

function Body({ talk, internal }) {
  if (talk.phase === 'ready') return html`<${Log} ...${{ talk, internal }} />`
  const inside = {
    loading: html`<${Bones} shape="rows" count=${3} />`,
    failed: html`<${ErrorState} level=${2} onRetry=${talk.load} />`,
    missing: html`<${EmptyState} icon="message-square" title=${t('app.conversation.missing')} text=${t('app.conversation.missing_text')} />`,
  }[talk.phase]
  return html`<div class="talk-log" aria-busy=${talk.phase === 'loading'}>${inside}</div>`
}
