// The project whose page is open, kept while one goes from part to part.
import { useEffect } from '../../lib/ui.js'
import { useLive } from '../lib/live.js'
import { remember, useNames } from '../lib/names.js'
import { useOne } from '../lib/use-one.js'

let last = null

/** As useOne answers, and the project's `client` once it is known. */
export function useProject(id) {
  const found = useOne(`/api/projects/${id}`)
  const value = found.value ?? (found.phase === 'loading' && last?.id === id ? last : null)
  useEffect(() => {
    if (!found.value) return
    last = found.value
    remember('projects', found.value)
  }, [found.value])
  useLive(['project.', 'task.'], ({ data }) => (data.id === id || data.projectId === id) && found.reload())
  const nameOf = useNames('clients', [value?.clientId])
  return { ...found, value, phase: value ? 'ready' : found.phase, client: nameOf(value?.clientId) }
}
