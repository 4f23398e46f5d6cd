// What a Combobox finds.
import { get } from './api.js'
import { remember } from './names.js'

const MOST = 20

/** Clients by name, address or company, as options. */
export async function findClients(q) {
  const rows = await get('/api/clients', { q, limit: MOST })
  return rows.map((client) => clientOption(client))
}

/** Projects by name, as options; the client's name as their hint where it is known. */
export async function findProjects(q) {
  const rows = await get('/api/projects', { q, limit: MOST })
  return rows.map((project) => {
    remember('projects', project)
    return projectOption(project)
  })
}

export function clientOption(client) {
  remember('clients', client)
  return { value: client.id, label: client.name, hint: client.company ?? client.email }
}

export const projectOption = ({ id, name }) => ({ value: id, label: name })
