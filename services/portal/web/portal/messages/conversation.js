// One thread: what was said in it, and a field to answer in.
import { Button } from '../../components/button.js'
import { Link } from '../../components/link.js'
import { t } from '../../lib/texts.js'
import { html, useEffect, useLayoutEffect, useRef } from '../../lib/ui.js'
import { Composer } from './composer.js'
import { Letter } from './letter.js'
import { Message } from './message.js'
import { daysOf } from './days.js'
import { useOlder } from './use-older.js'

// So near to its end, a conversation follows what arrives.
const NEAR = 160

export function Conversation({ thread, portal, withHead = false }) {
  const older = useOlder(portal.api, thread)
  const letters = portal.outbox.letters.filter((letter) => letter.threadId === thread.id && !hasArrived(letter, thread.messages))
  const place = useRef(null)
  useAtEnd(place, thread.messages.length + letters.length)
  useReading(portal, thread)
  const post = (content, attachments) =>
    portal.outbox.post({ threadId: thread.id, projectId: thread.projectId, content, attachments, after: thread.messages.at(-1)?.id ?? '' })
  return html`<section class="talk">
    ${withHead &&
    html`<header class="talk-head">
      <h2 dir="auto">${thread.name}</h2>
      ${thread.project && html`<p class="quiet"><${Link} to=${`#/projects/${thread.project.id}`} dir="auto">${thread.project.name}<//></p>`}
    </header>`}
    <div class="talk-log" ref=${place} tabindex="0" role="region" aria-label=${t('portal.messages.in', { name: thread.name })}>
      ${older.more && html`<p class="talk-older"><${Button} onPress=${older.load}>${t('portal.messages.older')}<//></p>`}
      ${older.messages.length + letters.length === 0 && html`<p class="talk-empty quiet">${t('portal.messages.empty')}</p>`}
      <div role="log" aria-label=${t('portal.messages.log')}><ol class="messages">
        ${daysOf(older.messages).map((one) =>
          one.day
            ? html`<li key=${one.key} class="talk-day"><span>${one.day}</span></li>`
            : html`<${Message} key=${one.message.id} ...${one} portal=${portal} />`,
        )}
        ${letters.map((letter) => html`<${Letter} key=${letter.key} letter=${letter} portal=${portal} />`)}
      </ol></div>
    </div>
    <${Composer} thread=${thread} portal=${portal} onSend=${post} />
  </section>`
}

/** The server's copy may be here, by the event stream, before its answer is. */
function hasArrived({ after, content }, messages) {
  return messages.some((one) => one.author.kind === 'client' && one.id > after && one.content === content)
}

/** Shows the end at first, and goes on doing so while the reader is near it. */
function useAtEnd(place, count) {
  const near = useRef(true)
  useLayoutEffect(() => {
    const log = place.current
    const look = () => {
      near.current = log.scrollHeight - log.scrollTop - log.clientHeight < NEAR
    }
    log.addEventListener('scroll', look, { passive: true })
    return () => log.removeEventListener('scroll', look)
  }, [])
  useLayoutEffect(() => {
    if (near.current) place.current.scrollTop = place.current.scrollHeight
  }, [count])
}

/** What is on show in a tab that one looks at is read. */
function useReading(portal, thread) {
  const last = thread.messages.at(-1)?.id
  const { mark } = portal.seen
  useEffect(() => {
    const look = () => document.visibilityState === 'visible' && mark(thread)
    look()
    document.addEventListener('visibilitychange', look)
    return () => document.removeEventListener('visibilitychange', look)
  }, [last, mark])
}
