// Files on their way to the agency.
import { newKey } from '../../lib/api.js'
import { useRef, useState } from '../../lib/ui.js'
import { explain } from '../../lib/words.js'

/**
 * `list` holds {key, file: {name, size}, share, complaint}; what has arrived has an `id` in `file`. `onDone(file)` hears
 * of each. `start` takes a browser's File, `again` tries one that failed once more, `remove` leaves one out.
 */
export function useUploads(portal, projectId, onDone = () => {}) {
  const [list, setList] = useState([])
  const dropped = useRef(new Set())
  const alter = (key, changes) => setList((before) => before.map((one) => (one.key === key ? { ...one, ...changes } : one)))

  const send = async ({ key, source }) => {
    alter(key, { share: 0, complaint: '' })
    const form = new FormData()
    // The fields first: a wrong one is refused before the bytes have left.
    form.append('projectId', projectId)
    form.append('file', source, source.name)
    try {
      const file = await portal.api.upload('/api/files', form, { key, onProgress: (share) => alter(key, { share }) })
      if (dropped.current.has(key)) return
      portal.put('files', file)
      alter(key, { file, share: null })
      onDone(file)
    } catch (refusal) {
      if (refusal.status === undefined) throw refusal
      alter(key, { share: null, complaint: explain(refusal) })
    }
  }
  const start = (source) => {
    const one = { key: newKey(), source, file: { name: source.name, size: source.size }, share: 0, complaint: '' }
    setList((before) => [...before, one])
    send(one)
  }
  const remove = ({ key }) => {
    dropped.current.add(key)
    setList((before) => before.filter((one) => one.key !== key))
  }
  return { list, start, again: send, remove, clear: () => setList([]), busy: list.some(({ share }) => share !== null) }
}
