// What an editor starts with: what there is, a copy of another paper (`?from=`), a client's first one (`?clientId=`), or nothing.
import { useMemo } from '../../lib/ui.js'
import { me } from '../lib/session.js'
import { useOne } from '../lib/use-one.js'
import { useQuery } from '../lib/use-query.js'
import { optionOf } from './typed.js'

/** `{phase, initial, draft, stamp, value}`: `draft` tells the drafts of several papers apart, `value` is what there is already. */
export function useSource({ id, path, blank, typed, copied }) {
  const [{ from, clientId }] = useQuery()
  const wanted = id ?? from
  const one = useOne(wanted ? `${path}/${wanted}` : null)
  const client = useOne(clientId && !wanted ? `/api/clients/${clientId}` : null)
  const asked = wanted ? one : clientId ? client : { phase: 'ready', value: null }
  const initial = useMemo(() => {
    if (asked.phase !== 'ready') return null
    if (id) return typed(one.value)
    if (from) return copied(one.value)
    return blank(me.value.agency.currency, clientId ? optionOf(client.value) : null)
  }, [asked.phase, asked.value?.id])
  return {
    phase: asked.phase,
    reload: asked.reload,
    initial,
    draft: id ?? `new${wanted ?? clientId ?? ''}`,
    stamp: id && one.value ? one.value.updatedAt : '',
    value: id ? one.value : null,
  }
}
