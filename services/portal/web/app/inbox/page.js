// The conversations of all projects, and the one that is being read.
import { Chips } from '../../components/chips.js'
import { goTo } from '../../lib/place.js'
import { t } from '../../lib/texts.js'
import { html, useEffect, useRef, useState } from '../../lib/ui.js'
import { useWait } from '../../lib/use-wait.js'
import { get } from '../lib/api.js'
import { useLive } from '../lib/live.js'
import { useList } from '../lib/use-list.js'
import { useQuery } from '../lib/use-query.js'
import { useTitle } from '../lib/use-title.js'
import { OpenThread } from './open-thread.js'
import { ThreadList } from './thread-list.js'
import { useThread } from './use-thread.js'

// What the list shows, by the word in the address; without one, what waits for the agency.
const SHOWN = { '': { waiting: 'agency' }, client: { waiting: 'client' }, internal: { visibility: 'internal' }, all: {} }

export default function InboxPage({ id = '' }) {
  const [{ show = '' }] = useQuery()
  const shown = show in SHOWN ? show : ''
  const list = useList('/api/threads', { ...SHOWN[shown], limit: 30 })
  const [counts, count] = useCounts()
  const thread = useThread(id, list.rows)
  const renew = () => {
    list.reload()
    count()
  }
  const renewSoon = useWait(renew)
  useLive(['message.created', 'project.'], renewSoon)
  useTitle(thread.value && id ? `${thread.value.name} · ${t('app.inbox.title')}` : t('app.inbox.title'))
  const reader = useReader(id)
  const options = [
    { value: '', label: t('app.inbox.for_us'), count: counts?.agency },
    { value: 'client', label: t('app.inbox.for_clients'), count: counts?.client },
    { value: 'internal', label: t('app.inbox.internal') },
    { value: 'all', label: t('app.inbox.all') },
  ]
  const choose = (value) => goTo(`/app/inbox${id && `/${id}`}${value && `?show=${value}`}`)
  return html`<main id="main" tabindex="-1" class=${id ? 'inbox inbox-reading' : 'inbox'}>
    <div class="inbox-side">
      <h1 class="inbox-title">${t('app.inbox.title')}</h1>
      <div class="inbox-list">
        <${Chips} label=${t('app.inbox.show')} options=${options} value=${shown} onChoose=${choose} />
        <${ThreadList} ...${{ list, shown, id }} />
      </div>
    </div>
    <div class="inbox-open" ref=${reader} tabindex="-1"><${OpenThread} ...${{ id, thread, shown }} onSent=${renew} /></div>
  </main>`
}

function useCounts() {
  const [counts, setCounts] = useState(null)
  const count = () => get('/api/threads/waiting').then(setCounts, () => {})
  useEffect(() => {
    count()
  }, [])
  return [counts, count]
}

/** On a phone the list gives way to the conversation, and so does the focus. */
function useReader(id) {
  const reader = useRef(null)
  const before = useRef(id)
  useEffect(() => {
    const list = reader.current.parentElement.querySelector('.inbox-list')
    if (id && id !== before.current && !list.checkVisibility()) reader.current.focus({ preventScroll: true })
    before.current = id
  }, [id])
  return reader
}
