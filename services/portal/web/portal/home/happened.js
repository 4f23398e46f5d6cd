import { Bones } from '../../components/bones.js'
import { Timeline } from '../../components/timeline.js'
import { t } from '../../lib/texts.js'
import { html, useCallback, useEffect, useState } from '../../lib/ui.js'
import { useHearing } from '../shell/use-news.js'
import { entriesOf, HEARD } from './activity.js'

const ASKED = 100
const SHOWN = 8

/** What happened lately. Not part of the first view's one question: it comes when the rest stands. */
export function Happened({ portal }) {
  const { settings, unavailable } = portal.snapshot
  const shown = settings.show_activity_feed && !unavailable.includes('projects')
  const [rows, setRows] = useState(null)
  const load = useCallback(async () => {
    if (!shown) return
    const { rows: found } = await portal.api.rows(`/api/activity?limit=${ASKED}`).catch(() => ({ rows: [] }))
    setRows(found.filter((row) => isTheirs(row, portal.snapshot)))
  }, [portal.api, shown])
  useEffect(() => {
    load()
  }, [load])
  useHearing(HEARD, load)
  const entries = rows && entriesOf(rows, portal.snapshot).slice(0, SHOWN)
  if (!shown || entries?.length === 0) return null
  return html`<section aria-labelledby="happened">
    <h2 id="happened">${t('portal.home.happened')}</h2>
    ${entries ? html`<${Timeline} items=${entries} label=${t('portal.home.happened')} />` : html`<${Bones} shape="text" count=${6} />`}
  </section>`
}

/** The agency's own people, who look at the portal through a door of theirs, are told of everybody. */
function isTheirs({ clientId }, { client, projects }) {
  return clientId === client.id || projects.some((project) => project.clientId === clientId)
}
