// A time entry as its form has it, and as the API does.
import { amountOf, typed } from '../../lib/amounts.js'
import { t } from '../../lib/texts.js'
import { get, patch, post } from '../lib/api.js'
import { projectOption } from '../lib/finding.js'
import { today } from '../projects/due.js'
import { clockOf, minutesOf, MOST_MINUTES } from './duration.js'

const MOST_FOUND = 20

export function valuesOf(entry, project) {
  return {
    project: entry.projectId ? { value: entry.projectId, label: '' } : project ? projectOption(project) : null,
    description: entry.description ?? '',
    duration: entry.minutes ? clockOf(entry.minutes) : '',
    date: entry.date ?? today(),
    billable: entry.billable ?? true,
    rate: typed(entry.rate ?? ''),
    note: entry.note ?? '',
    task: entry.taskId ? { value: entry.taskId, label: t('app.time.its_task') } : null,
  }
}

export function complaintsIn({ project, description, duration, date, rate }) {
  const minutes = minutesOf(duration)
  return {
    project: project ? '' : t('app.time.project_missing'),
    description: description.trim() ? '' : t('app.time.what_missing'),
    duration: !minutes ? t('app.time.duration_wrong') : minutes > MOST_MINUTES ? t('app.time.duration_long') : '',
    date: date ? '' : t('app.time.date_missing'),
    rate: rate && (amountOf(rate) ?? -1) < 0 ? t('app.time.rate_wrong') : '',
  }
}

export function saveEntry(entry, { project, description, duration, date, billable, rate, note, task }, key) {
  const body = {
    description,
    minutes: minutesOf(duration),
    date,
    billable,
    rate: rate ? amountOf(rate) : null,
    note,
    taskId: task?.value ?? null,
  }
  return entry.id ? patch(`/api/time-entries/${entry.id}`, body, key) : post(`/api/projects/${project.value}/time-entries`, body, key)
}

export async function findTasks(projectId, q) {
  const tasks = await get(`/api/projects/${projectId}/tasks`, { q, limit: MOST_FOUND })
  return tasks.map(({ id, title }) => ({ value: id, label: title }))
}
