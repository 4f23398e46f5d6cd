import { useEffect, useState } from '../../lib/ui.js'
import { onUploaded, uploads } from './uploads.js'

/** What is on its way to a project; `onDone(file)` hears of each one that has arrived. */
export function useUploads(projectId, onDone) {
  const [all, setAll] = useState(uploads.value)
  useEffect(() => uploads.subscribe(setAll), [])
  useEffect(() => onUploaded((file, id) => id === projectId && onDone(file)), [projectId])
  return all.filter((one) => one.projectId === projectId)
}
