// A client's portal as the agency's own people look at it.
import { MessagePage } from '../../components/message-page.js'
import { t } from '../../lib/texts.js'
import { html, useMemo, useState } from '../../lib/ui.js'
import { Portal } from '../shell/portal.js'
import { staffDoor } from './doors.js'

/** `query` names the client or the company. */
export default function ViewAsPage({ query }) {
  const [ended, setEnded] = useState(false)
  const door = useMemo(() => staffDoor(query), [query])
  if (ended) {
    return html`<${MessagePage} title=${t('portal.entrance.not_as_client')} way=${{ to: '/app', name: t('portal.entrance.to_dashboard') }}>
      ${t('portal.entrance.not_as_client_text')}
    <//>`
  }
  return html`<p class="looks-only" role="note">${t('portal.shell.looks_only')}</p>
    <${Portal} door=${door} onEnded=${() => setEnded(true)} />`
}
