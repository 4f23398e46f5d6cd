// What the client is told of a project now and then: drafts, and what was published.
import { Bones } from '../../../components/bones.js'
import { Button } from '../../../components/button.js'
import { EmptyState } from '../../../components/empty-state.js'
import { ErrorState } from '../../../components/error-state.js'
import { LoadMore } from '../../../components/load-more.js'
import { t } from '../../../lib/texts.js'
import { toast } from '../../../lib/toasts.js'
import { html, useRef, useState } from '../../../lib/ui.js'
import { newKey } from '../../../lib/api.js'
import { explain } from '../../../lib/words.js'
import { post } from '../../lib/api.js'
import { useLive } from '../../lib/live.js'
import { leaveRow } from '../../lib/leave-row.js'
import { isLeaving, removeLater } from '../../lib/remove-later.js'
import { useList } from '../../lib/use-list.js'
import { UpdateDraft } from './update-draft.js'
import { UpdateSheet } from './update-sheet.js'

const pathOf = ({ id }) => `/api/ai/${id}`

export default function Updates({ project, client }) {
  const list = useList('/api/ai', { projectId: project.id, limit: 20 })
  const [fresh, setFresh] = useState(null)
  const key = useRef(null)
  useLive(['update.'], ({ data }) => data.projectId === project.id && list.reload())
  const write = async () => {
    key.current ??= newKey()
    try {
      const draft = await post('/api/ai', { projectId: project.id }, key.current)
      key.current = null
      list.add(draft)
      setFresh(draft.id)
    } catch (refusal) {
      toast({ tone: 'danger', text: explain(refusal) })
    }
  }
  const discard = (draft) => {
    leaveRow()
    list.drop(draft.id)
    removeLater({ paths: [pathOf(draft)], text: t('app.projects.draft_discarded'), onBack: () => list.add(draft) })
  }
  const rows = list.rows.filter((row) => !isLeaving(pathOf(row)))
  // A draft has a primary button of its own.
  const kind = rows.some(({ publishedAt }) => !publishedAt) ? 'quiet' : 'primary'
  const begin = html`<${Button} kind=${kind} icon="sparkles" onPress=${write}>${t('app.projects.draft_update')}<//>`
  if (list.phase === 'loading') return html`<${Bones} shape="cards" count=${2} />`
  if (list.phase === 'failed') return html`<${ErrorState} level=${2} onRetry=${list.reload} />`
  if (rows.length === 0) return html`<${EmptyState} icon="send" title=${t('app.projects.no_updates')} text=${t('app.projects.no_updates_text')} action=${begin} />`
  return html`<div class="part-head"><p class="quiet">${t('app.projects.updates_lead')}</p>${begin}</div>
    <ol class="update-list">
      ${rows.map((update) => html`<li key=${update.id}>
        ${update.publishedAt
          ? html`<${UpdateSheet} update=${update} />`
          : html`<${UpdateDraft} ...${{ update, project, client }} focus=${update.id === fresh}
            onChange=${(changes) => list.change(update.id, changes)} onDiscard=${() => discard(update)} />`}
      </li>`)}
    </ol>
    <${LoadMore} more=${list.more} onMore=${list.loadMore} count=${rows.length} />`
}
