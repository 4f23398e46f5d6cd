import { LoadMore } from '../../components/load-more.js'
import { EmptyState } from '../../components/empty-state.js'
import { dayOf } from '../../lib/format.js'
import { t } from '../../lib/texts.js'
import { html, useLayoutEffect, useRef, useState } from '../../lib/ui.js'
import { Button } from '../../components/button.js'
import { Message } from './message.js'
import { Unsent } from './unsent.js'

// So near to its end, a log follows what arrives.
const NEAR = 120

/** What was said, by day, the newest at the end and in view. */
export function Log({ talk, internal }) {
  const { messages, unsent, news } = talk
  const place = useRef(null)
  const { below, read, toEnd } = useEnd(place, messages, unsent)
  const empty = messages.length === 0 && unsent.length === 0
  return html`<div class="talk-frame">
    <div class="talk-log" ref=${place} role="region" tabindex="0" aria-label=${t('app.conversation.messages')} onScroll=${read}>
      <${LoadMore} more=${talk.more} onMore=${talk.loadOlder} />
      ${empty && html`<${EmptyState} icon="message-square" title=${t('app.conversation.empty')}
        text=${t(internal ? 'app.conversation.empty_internal' : 'app.conversation.empty_text')} level=${3} />`}
      <ol class="talk-messages">
        ${byDay(messages).map(({ day, rows }) => html`<li key=${day} class="talk-day">
          <h3 class="talk-date"><span>${dayName(day, rows[0].createdAt)}</span></h3>
          <ol class="talk-messages">
            ${rows.map((message, at) => html`<${Message} key=${message.id} ...${{ message, internal }} follows=${isFollowing(rows, at)} />`)}
          </ol>
        </li>`)}
        ${unsent.map((one) => html`<${Unsent} key=${one.key} ...${{ one, internal }} onRetry=${() => talk.retry(one.key)} onDiscard=${() => talk.discard(one.key)} />`)}
      </ol>
    </div>
    ${below && html`<div class="talk-below"><${Button} icon="arrow-down" onPress=${toEnd}>${t('app.conversation.new_below')}<//></div>`}
    <p class="visually-hidden" role="status">${news && t('app.conversation.arrived', { name: news.author.name, text: news.content.slice(0, 200) })}</p>
  </div>`
}

/** Keeps the end in view while the reader is near it, and the place while older messages come in above. */
function useEnd(place, messages, unsent) {
  const [below, setBelow] = useState(false)
  const near = useRef(true)
  const height = useRef(0)
  const first = useRef(null)
  const last = useRef(null)
  const toEnd = () => {
    place.current.scrollTop = place.current.scrollHeight
  }
  const read = () => {
    const { scrollTop, scrollHeight, clientHeight } = place.current
    near.current = scrollHeight - scrollTop - clientHeight < NEAR
    if (near.current) setBelow(false)
  }
  useLayoutEffect(() => {
    const element = place.current
    const [top, end] = [messages[0]?.id ?? null, `${messages.at(-1)?.id} ${unsent.at(-1)?.key}`]
    const older = first.current && top !== first.current
    const newer = last.current !== null && end !== last.current
    if (older) element.scrollTop += element.scrollHeight - height.current
    else if (near.current || unsent.at(-1)?.phase === 'sending') toEnd()
    else if (newer) setBelow(true)
    height.current = element.scrollHeight
    first.current = top
    last.current = end
  }, [messages, unsent])
  return { below, read, toEnd }
}

function byDay(messages) {
  const days = new Map()
  for (const message of messages) {
    const day = new Date(message.createdAt).toDateString()
    days.set(day, [...(days.get(day) ?? []), message])
  }
  return [...days].map(([day, rows]) => ({ day, rows }))
}

function dayName(day, instant) {
  const now = new Date()
  const yesterday = new Date(now.getFullYear(), now.getMonth(), now.getDate() - 1)
  if (day === now.toDateString()) return t('app.conversation.today')
  if (day === yesterday.toDateString()) return t('app.conversation.yesterday')
  return dayOf(instant)
}

const isFollowing = (rows, at) => at > 0 && rows[at - 1].author.id === rows[at].author.id && minutesBetween(rows[at - 1], rows[at]) < 10
const minutesBetween = (one, other) => (Date.parse(other.createdAt) - Date.parse(one.createdAt)) / 60_000
