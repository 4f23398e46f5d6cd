// What the editor of an invoice starts with: a draft, a copy (`?from=`), an accepted quote (`?quote=`), a client, or nothing.
import { useMemo } from '../../lib/ui.js'
import { optionOf } from '../papers/typed.js'
import { me } from '../lib/session.js'
import { useOne } from '../lib/use-one.js'
import { useQuery } from '../lib/use-query.js'
import { blankInvoice, copiedInvoice, invoiceOfQuote, typedInvoice } from './reading.js'

const pathOf = ({ id, from, quote, clientId }) => {
  if (id ?? from) return `/api/invoices/${id ?? from}`
  if (quote) return `/api/quotes/${quote}`
  return clientId ? `/api/clients/${clientId}` : null
}

/** As useSource of app/papers; the project is asked for too, for its name. */
export function useInvoiceSource(id) {
  const [{ from, quote, clientId, projectId }] = useQuery()
  const path = pathOf({ id, from, quote, clientId })
  const one = useOne(path)
  const projectOf = path && one.phase === 'ready' && (id ?? from ?? quote) ? one.value.projectId : (projectId ?? null)
  const project = useOne(projectOf ? `/api/projects/${projectOf}` : null)
  const phase = phaseOf(path ? one.phase : 'ready', projectOf ? project.phase : 'ready')
  const initial = useMemo(() => {
    if (phase !== 'ready') return null
    const shown = project.value
    if (id) return typedInvoice(one.value, shown)
    if (from) return copiedInvoice(one.value, shown)
    if (quote) return invoiceOfQuote(one.value, shown)
    const client = clientId ? optionOf(one.value) : null
    return { ...blankInvoice(me.value.agency.currency, client), project: shown && { value: shown.id, label: shown.name } }
  }, [phase, one.value?.id])
  return {
    phase,
    initial,
    reload: () => Promise.all([one.reload(), project.reload()]),
    draft: id ?? `new${from ?? quote ?? clientId ?? ''}`,
    stamp: id && one.value ? one.value.updatedAt : '',
    value: id ? one.value : null,
  }
}

/** A project that is gone does not keep anybody from the invoice. */
function phaseOf(one, project) {
  if (one !== 'ready') return one
  return project === 'loading' ? 'loading' : 'ready'
}
