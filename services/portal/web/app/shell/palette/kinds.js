// The kinds of things that the search finds, in the order in which they are shown.
export const KINDS = ['client', 'project', 'task', 'file', 'message', 'quote', 'contract', 'invoice']

export const ICON_OF = {
  client: 'users',
  project: 'folder',
  task: 'square-check',
  file: 'file',
  message: 'message-square',
  quote: 'file-text',
  contract: 'signature',
  invoice: 'receipt',
}

const PLACES = {
  client: ({ id }) => `/app/clients/${id}`,
  project: ({ id }) => `/app/projects/${id}`,
  task: ({ id, projectId }) => `/app/projects/${projectId}/board?task=${id}`,
  file: ({ id }) => `/app/files/${id}`,
  message: ({ url }) => `/app/inbox/${url.split('/')[3]}`,
  quote: ({ id }) => `/app/quotes/${id}`,
  contract: ({ id }) => `/app/contracts/${id}`,
  invoice: ({ id }) => `/app/invoices/${id}`,
}

/** The page about something that was found. */
export const placeOf = (hit) => PLACES[hit.kind](hit)

/** Things by their kind: [{kind, hits}]. */
export function byKind(hits) {
  return KINDS.map((kind) => ({ kind, hits: hits.filter((hit) => hit.kind === kind) })).filter((group) => group.hits.length > 0)
}
