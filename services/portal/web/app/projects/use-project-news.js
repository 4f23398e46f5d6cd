import { useLive } from '../lib/live.js'

const TYPES = ['project.', 'task.', 'file.', 'message.', 'update.', 'feedback.', 'contract.', 'quote.', 'invoice.']

/** Calls `onNews` when anything happens in a project. */
export function useProjectNews(projectId, onNews) {
  useLive(TYPES, ({ data }) => (data.projectId === projectId || data.id === projectId) && onNews())
}
