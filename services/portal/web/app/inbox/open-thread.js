import { Badge } from '../../components/badge.js'
import { Bones } from '../../components/bones.js'
import { EmptyState } from '../../components/empty-state.js'
import { ErrorState } from '../../components/error-state.js'
import { Icon } from '../../components/icon.js'
import { Link } from '../../components/link.js'
import { t } from '../../lib/texts.js'
import { html } from '../../lib/ui.js'
import { Conversation } from '../conversation/conversation.js'

/** The conversation that is being read, or a word on that there is none. */
export function OpenThread({ id, thread, shown, onSent }) {
  const back = html`<${Link} class="inbox-back" to=${`/app/inbox${shown && `?show=${shown}`}`}><${Icon} name="arrow-left" />${t('app.inbox.title')}<//>`
  if (thread.phase === 'ready' && thread.value.id === id) {
    return html`<${Conversation} thread=${thread.value} onSent=${onSent} head=${html`<${Head} thread=${thread.value} back=${back} />`} />`
  }
  const inside = {
    none: html`<${EmptyState} icon="message-square" title=${t('app.inbox.choose')} text=${t('app.inbox.choose_text')} />`,
    missing: html`<${EmptyState} icon="search" title=${t('app.conversation.missing')} text=${t('app.conversation.missing_text')} />`,
    failed: html`<${ErrorState} level=${2} onRetry=${thread.load} />`,
  }[thread.phase]
  return html`${id && html`<div class="talk-head">${back}</div>`}<div class="inbox-blank">${inside ?? html`<${Bones} shape="rows" count=${3} />`}</div>`
}

function Head({ thread, back }) {
  const { name, client, project, visibility, waiting } = thread
  return html`<header class="talk-head">
    ${back}
    <div class="talk-about">
      <h2 class="one-line" dir="auto" title=${name}>${name}</h2>
      ${visibility === 'internal'
        ? html`<${Badge} tone="warning">${t('app.inbox.internal')}<//>`
        : waiting && html`<${Badge} tone=${waiting === 'agency' ? 'info' : 'neutral'}>${t(`app.inbox.waits_${waiting}`)}<//>`}
    </div>
    <p class="talk-where">
      <${Link} class="one-line" to=${`/app/clients/${client.id}`}><${Icon} name="user" /><bdi>${client.name}</bdi><//>
      <${Link} class="one-line" to=${`/app/projects/${project.id}`}><${Icon} name="folder" /><bdi>${project.name}</bdi><//>
    </p>
  </header>`
}
