// The files of a project: to look through, to show or hide, and the way for new ones.
import { Bones } from '../../components/bones.js'
import { Chips } from '../../components/chips.js'
import { ErrorState } from '../../components/error-state.js'
import { LoadMore } from '../../components/load-more.js'
import { SearchField } from '../../components/search-field.js'
import { t } from '../../lib/texts.js'
import { html, useEffect, useRef, useState } from '../../lib/ui.js'
import { useWait } from '../../lib/use-wait.js'
import { useLive } from '../lib/live.js'
import { leaveRow } from '../lib/leave-row.js'
import { isLeaving } from '../lib/remove-later.js'
import { useList } from '../lib/use-list.js'
import { useQuery } from '../lib/use-query.js'
import { FileTable } from './file-table.js'
import { deleteFiles, pathOf, showFiles } from './file-acts.js'
import { Selection } from './selection.js'
import { STATUSES } from './status.js'
import { UploadArea } from './upload-area.js'
import { UploadList } from './upload-list.js'
import { useUploads } from './use-uploads.js'

export default function ProjectFiles({ project }) {
  const [{ status = '', q = '' }, change] = useQuery()
  const list = useList('/api/files', { projectId: project.id, status, q, limit: 50 })
  const [chosen, setChosen] = useState(new Set())
  const reloadSoon = useWait(list.reload)
  const coming = useUploads(project.id, reloadSoon)
  useLive(['file.'], ({ data }) => data.projectId === project.id && reloadSoon())
  const rows = list.rows.filter((row) => !isLeaving(pathOf(row.id)))
  // Nothing to look through yet; once there was, the filters stay, for somebody may be using them.
  const filled = useRef(false)
  filled.current ||= rows.length > 0 || Boolean(status || q)
  const bare = list.phase === 'ready' && !filled.current
  const some = rows.filter(({ id }) => chosen.has(id))
  const clear = () => {
    leaveRow()
    setChosen(new Set())
  }
  const show = (files, visible) => showFiles(files, visible, list)
  const erase = (files) => {
    leaveRow()
    setChosen(new Set())
    deleteFiles(files, list)
  }
  return html`<div class="files-part">
    <${UploadArea} projectId=${project.id} />
    <${UploadList} projectId=${project.id} rows=${coming} />
    ${!bare && html`<${Filters} ...${{ status, q, change }} />`}
    <${Selection} files=${some} onShow=${show} onDelete=${erase} onClear=${clear} />
    ${list.phase === 'loading' && html`<${Bones} shape="rows" count=${5} />`}
    ${list.phase === 'failed' && rows.length === 0 && html`<${ErrorState} level=${2} onRetry=${list.reload} />`}
    ${list.phase === 'ready' && html`<${FileTable} ...${{ rows, chosen }} narrowed=${Boolean(status || q)} onChosen=${setChosen}
      onShow=${show} onDelete=${(file) => erase([file])} />`}
    <${LoadMore} more=${list.more} onMore=${list.loadMore} count=${rows.length} />
  </div>`
}

function Filters({ status, q, change }) {
  const [text, setText] = useState(q)
  const search = useWait((next) => change({ q: next }))
  useEffect(() => setText(q), [q])
  const type = (next) => {
    setText(next)
    search(next)
  }
  const options = [{ value: '', label: t('app.projects.all') }, ...STATUSES.map((value) => ({ value, label: t(`app.files.status.${value}`) }))]
  return html`<div class="work-filters">
    <${Chips} label=${t('app.files.by_status')} options=${options} value=${status} onChoose=${(value) => change({ status: value })} />
    <div class="work-finders work-finders-one"><${SearchField} label=${t('app.files.search')} value=${text} onType=${type} /></div>
  </div>`
}
