// The tasks of a project: all of them, where they stand, and how they are changed.
import { onTold, tellTabs } from '../../../lib/tabs.js'
import { t } from '../../../lib/texts.js'
import { toast } from '../../../lib/toasts.js'
import { useCallback, useEffect, useRef, useState } from '../../../lib/ui.js'
import { useWait } from '../../../lib/use-wait.js'
import { explain } from '../../../lib/words.js'
import { nextPage, page, patch } from '../../lib/api.js'
import { useLive } from '../../lib/live.js'
import { isLeaving, removeLater } from '../../lib/remove-later.js'
import { changed, columnsOf, moved, placeOf, taskOf, without } from './places.js'

const AT_ONCE = 200
const CALM_MS = 400

export const pathOf = (id) => `/api/tasks/${id}`

/** Phases: loading, ready, failed. While `hold.current` is true nothing is fetched: somebody has a card in the hand. */
export function useBoard(projectId, hold) {
  const [state, setState] = useState({ phase: 'loading', columns: null })
  const writing = useRef(0)
  const latest = useRef(null)
  latest.current = state.columns

  const load = useCallback(async () => {
    try {
      const tasks = await allTasks(projectId)
      if (writing.current === 0 && !hold.current) setState({ phase: 'ready', columns: columnsOf(tasks) })
    } catch (refusal) {
      setState((before) => (before.columns ? before : { phase: 'failed', columns: null, refusal }))
    }
  }, [projectId])
  const loadSoon = useWait(load, CALM_MS)
  useEffect(() => {
    load()
  }, [load])
  useLive(['task.'], ({ data }) => data.projectId === projectId && !isKnown(latest.current, data) && loadSoon())

  // Nothing is told of deleted tasks but among the tabs of a browser: whoever comes back looks again.
  useEffect(() => {
    const look = () => document.visibilityState === 'visible' && loadSoon()
    const end = onTold((news) => news.what === 'task-deleted' && news.projectId === projectId && loadSoon())
    document.addEventListener('visibilitychange', look)
    return () => {
      end()
      document.removeEventListener('visibilitychange', look)
    }
  }, [projectId])

  const alter = (action) => setState((before) => (before.columns ? { ...before, columns: action(before.columns) } : before))
  const write = async (action) => {
    writing.current += 1
    try {
      return await action()
    } finally {
      writing.current -= 1
      loadSoon()
    }
  }
  const move = async (id, to, undoable = true) => {
    const from = placeOf(latest.current, id)
    if (!from || (from.status === to.status && from.at === to.at)) return loadSoon()
    const { title } = taskOf(latest.current, id)
    alter((columns) => moved(columns, id, to))
    try {
      const saved = await write(() => patch(pathOf(id), { status: to.status, position: to.at }))
      alter((columns) => changed(columns, id, saved))
      if (undoable) toast({ text: t('app.board.moved', { title, column: t(`app.board.columns.${to.status}`) }), undo: () => move(id, from, false) })
    } catch (refusal) {
      alter((columns) => moved(columns, id, from))
      toast({ tone: 'danger', text: t('app.board.not_moved', { title, reason: explain(refusal) }) })
    }
  }
  const drop = (task) => {
    alter((columns) => without(columns, task.id))
    const onGone = () => {
      tellTabs({ what: 'task-deleted', projectId })
      load()
    }
    removeLater({ paths: [pathOf(task.id)], text: t('app.board.deleted', { title: task.title }), onBack: load, onGone })
  }
  return {
    ...state,
    reload: load,
    move,
    drop,
    add: (task) => alter((columns) => ({ ...columns, [task.status]: [...without(columns, task.id)[task.status], task] })),
    /** Answers the task as it was saved; one in another status stands at the end of that column. */
    save: async (id, changes, key) => {
      const saved = await write(() => patch(pathOf(id), changes, key))
      alter((columns) => {
        const stays = placeOf(columns, id)?.status === saved.status
        return changed(stays ? columns : moved(columns, id, { status: saved.status, at: saved.position }), id, saved)
      })
      return saved
    },
  }
}

async function allTasks(projectId) {
  let found = await page(`/api/projects/${projectId}/tasks`, { limit: AT_ONCE })
  const tasks = [...found.rows]
  while (found.next) {
    found = await nextPage(found.next)
    tasks.push(...found.rows)
  }
  return tasks.filter(({ id }) => !isLeaving(pathOf(id)))
}

/** Whether an event tells what is on show already: most of them are echoes of what was done here. */
function isKnown(columns, task) {
  const shown = columns && taskOf(columns, task.id)
  return Boolean(shown && shown.updatedAt === task.updatedAt && shown.status === task.status && shown.position === task.position)
}
