// What is said about a file, oldest first, with a box for more.
import { Bones } from '../../components/bones.js'
import { Button } from '../../components/button.js'
import { ErrorState } from '../../components/error-state.js'
import { t } from '../../lib/texts.js'
import { html } from '../../lib/ui.js'
import { useLive } from '../lib/live.js'
import { leaveRow } from '../lib/leave-row.js'
import { isLeaving, removeLater } from '../lib/remove-later.js'
import { useList } from '../lib/use-list.js'
import { Comment } from './comment.js'
import { CommentBox } from './comment-box.js'

export function Comments({ file, version }) {
  const path = `/api/files/${file.id}/comments`
  const list = useList(path, { limit: 50 })
  useLive(['file.commented'], ({ data }) => data.fileId === file.id && list.reload())
  const pathOf = ({ id }) => `${path}/${id}`
  const erase = (comment) => {
    leaveRow()
    list.drop(comment.id)
    removeLater({ paths: [pathOf(comment)], text: t('app.files.comment_deleted'), onBack: list.reload })
  }
  const rows = list.rows.filter((one) => !isLeaving(pathOf(one))).toReversed()
  return html`<section class="card comments" aria-label=${t('app.files.comments')}>
    <h2>${t('app.files.comments')}</h2>
    ${list.more && html`<${Button} kind="plain" onPress=${list.loadMore}>${t('app.files.earlier')}<//>`}
    ${list.phase === 'loading' && html`<${Bones} shape="rows" count=${2} />`}
    ${list.phase === 'failed' && html`<${ErrorState} level=${3} onRetry=${list.reload} />`}
    ${list.phase === 'ready' && rows.length === 0 && html`<p class="quiet">${t('app.files.no_comments')}</p>`}
    <ol class="comment-list">
      ${rows.map((comment) => html`<li key=${comment.id}><${Comment} comment=${comment} current=${file.version} onDelete=${() => erase(comment)} /></li>`)}
    </ol>
    <${CommentBox} file=${file} version=${version} path=${path} onSaid=${list.add} />
  </section>`
}
