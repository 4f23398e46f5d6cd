// Files that go along with a message: they are uploaded to the project while one still writes.
import { newKey } from '../../lib/api.js'
import { keepDraft, keptDraft } from '../../lib/drafts.js'
import { useEffect, useState } from '../../lib/ui.js'
import { explain } from '../../lib/words.js'
import { upload } from '../lib/api.js'

/** `list` holds {key, file, share, complaint}; `take` answers those that have arrived, as {id, name, size}, and starts anew. */
export function useAttachments(thread) {
  const draft = `thread.${thread.id}.files`
  const [list, setList] = useState(() => JSON.parse(keptDraft(draft) || '[]').map((file) => ({ key: file.id, file, share: null })))
  const arrived = list.filter(({ file }) => file.id).map(({ file }) => file)
  useEffect(() => {
    keepDraft(draft, arrived.length > 0 ? JSON.stringify(arrived) : '')
  }, [list])
  const alter = (key, changes) => setList((before) => before.map((one) => (one.key === key ? { ...one, ...changes } : one)))
  const start = async (file) => {
    const key = newKey()
    const parts = { projectId: thread.projectId, visibleToClient: thread.visibility !== 'internal', file }
    const { done, stop } = upload('/api/files', parts, { key, onProgress: (share) => alter(key, { share }) })
    setList((before) => [...before, { key, file: { name: file.name, size: file.size }, share: 0, stop }])
    try {
      const { id, name, size } = await done
      alter(key, { file: { id, name, size }, share: null })
    } catch (refusal) {
      alter(key, { complaint: explain(refusal), share: null })
    }
  }
  const remove = (key) => {
    list.find((one) => one.key === key)?.stop?.()
    setList((before) => before.filter((one) => one.key !== key))
  }
  const take = () => {
    setList([])
    return arrived
  }
  return { list, add: (files) => files.forEach(start), remove, take, busy: list.some(({ file, complaint }) => !file.id && !complaint) }
}
