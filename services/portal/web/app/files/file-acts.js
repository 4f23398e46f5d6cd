// What is done with files from a list: showing, hiding, deleting.
import { t } from '../../lib/texts.js'
import { toast } from '../../lib/toasts.js'
import { explain } from '../../lib/words.js'
import { patch } from '../lib/api.js'
import { removeLater } from '../lib/remove-later.js'

export const pathOf = (id) => `/api/files/${id}`

/** Shows files to their client or hides them, at once; what the server refuses is taken back and told. */
export async function showFiles(files, visible, list, undoable = true) {
  const changing = files.filter(({ visibleToClient }) => visibleToClient !== visible)
  if (changing.length === 0) return undefined
  for (const { id } of changing) list.change(id, { visibleToClient: visible })
  const answers = await Promise.allSettled(changing.map(({ id }) => patch(pathOf(id), { visibleToClient: visible })))
  const refused = answers.flatMap((answer, at) => (answer.status === 'rejected' ? [{ file: changing[at], refusal: answer.reason }] : []))
  for (const { file } of refused) list.change(file.id, { visibleToClient: !visible })
  if (refused.length > 0) return toast({ tone: 'danger', text: explain(refused[0].refusal) })
  if (!undoable) return undefined
  const done = changing.map((file) => ({ ...file, visibleToClient: visible }))
  const text = t(visible ? 'app.files.shown' : 'app.files.hidden_now', { count: changing.length })
  return toast({ text, undo: () => showFiles(done, !visible, list, false) })
}

/** Deletes files once it can no longer be undone. */
export function deleteFiles(files, list) {
  for (const { id } of files) list.drop(id)
  const text = files.length === 1 ? t('app.files.deleted', { name: files[0].name }) : t('app.files.deleted_many', { count: files.length })
  removeLater({ paths: files.map(({ id }) => pathOf(id)), text, onBack: list.reload })
}
