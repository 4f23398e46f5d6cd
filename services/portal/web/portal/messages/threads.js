// Threads as they are listed.

/** The one with the newest message first; those in which nobody wrote yet come last. Each knows its project. */
export function threadsInOrder(threads, projects) {
  const known = new Map(projects.map((project) => [project.id, project]))
  const at = (thread) => thread.messages.at(-1)?.createdAt ?? ''
  return threads
    .map((thread) => ({ ...thread, project: known.get(thread.projectId) ?? null }))
    .sort((one, other) => at(other).localeCompare(at(one)) || other.createdAt.localeCompare(one.createdAt))
}
