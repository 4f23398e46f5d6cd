// What clients, members and projects are called, for lists that know only their ids.
import { useEffect, useState } from '../../lib/ui.js'
import { get } from './api.js'

const MOST = 200
const PATHS = { clients: '/api/clients', members: '/api/members', projects: '/api/projects' }
const known = { clients: new Map(), members: new Map(), projects: new Map() }
const listed = {}

/** A function that answers the client, member or project of an id; null until it is known, and where there is none. */
export function useNames(kind, ids) {
  const [, draw] = useState(0)
  const wanted = [...new Set(ids.filter(Boolean))].sort()
  useEffect(() => {
    if (missing(kind, wanted).length === 0) return undefined
    let here = true
    learn(kind, wanted).then(() => here && draw((count) => count + 1))
    return () => {
      here = false
    }
  }, [kind, wanted.join()])
  return (id) => known[kind].get(id) ?? null
}

/** The members of the agency, once they are known. */
export function useMembers() {
  const [members, setMembers] = useState([...known.members.values()])
  useEffect(() => {
    let here = true
    list('members').then(() => here && setMembers([...known.members.values()]))
    return () => {
      here = false
    }
  }, [])
  return members
}

/** What a list or a page has fetched need not be asked for again. */
export function remember(kind, thing) {
  known[kind].set(thing.id, thing)
}

async function learn(kind, ids) {
  await list(kind)
  // Beyond the newest of them, one by one: few pages name that many old ones.
  if (kind !== 'members') await Promise.all(missing(kind, ids).map((id) => one(kind, id)))
}

const missing = (kind, ids) => ids.filter((id) => !known[kind].has(id))

function list(kind) {
  listed[kind] ??= get(PATHS[kind], { limit: MOST }).then(
    (rows) => rows.forEach((row) => remember(kind, row)),
    () => {
      listed[kind] = null
    },
  )
  return listed[kind]
}

async function one(kind, id) {
  const found = await get(`${PATHS[kind]}/${id}`).catch(() => null)
  known[kind].set(id, found)
}
