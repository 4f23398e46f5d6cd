// Where an editor begins: a draft, another contract to write one like it, or nothing but a client.
import { useCallback, useEffect, useState } from '../../lib/ui.js'
import { get } from '../lib/api.js'
import { projectOption } from '../lib/finding.js'
import { useQuery } from '../lib/use-query.js'
import { optionOf } from '../papers/typed.js'

/** Phases as of useOne; `value` is `{opened, initial, draft}`: what is changed, the fields of the editor, and what tells drafts of several apart. */
export function useContractSource(id) {
  const [{ from, clientId, projectId, template }] = useQuery()
  const [state, setState] = useState({ phase: 'loading', value: null })
  const reload = useCallback(async () => {
    try {
      setState({ phase: 'ready', value: await begin({ id, from, clientId, projectId, template }) })
    } catch (refusal) {
      setState({ phase: [400, 404].includes(refusal.status) ? 'missing' : 'failed', value: null })
    }
  }, [id, from, clientId, projectId, template])
  useEffect(() => {
    reload()
  }, [reload])
  return { ...state, reload }
}

async function begin({ id, from, clientId, projectId, template }) {
  const like = id ?? from
  const contract = like ? await get(`/api/contracts/${like}`) : null
  const text = contract ?? (template ? await get(`/api/contract-templates/${template}`) : { title: '', body: '' })
  const [client, project] = await Promise.all([
    one('clients', contract?.clientId ?? clientId, optionOf),
    one('projects', contract?.projectId ?? projectId, projectOption),
  ])
  const draft = id ?? `new${from ?? template ?? clientId ?? projectId ?? ''}`
  return { opened: id ? contract : null, draft, initial: { client, project, title: text.title, body: text.body } }
}

const one = async (kind, id, option) => (id ? option(await get(`/api/${kind}/${id}`)) : null)
