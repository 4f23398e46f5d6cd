import { saveAs } from '../../lib/save.js'
import { t } from '../../lib/texts.js'
import { toast } from '../../lib/toasts.js'
import { useCallback, useEffect, useState } from '../../lib/ui.js'

/**
 * One contract with its text, which the snapshot does not have. Phases: loading, ready, missing, failed. It is read anew
 * whenever the snapshot knows a later state of it. `moved` is the code of a conflict that an answer met.
 */
export function useContract(portal, id) {
  const [contract, setContract] = useState(null)
  const [phase, setPhase] = useState('loading')
  const [moved, setMoved] = useState(null)
  const known = portal.snapshot.contracts.find((one) => one.id === id)
  const load = useCallback(async () => {
    try {
      setContract(await portal.api.read(`/api/contracts/${encodeURIComponent(id)}`))
      setPhase('ready')
    } catch (refusal) {
      if (refusal.status === undefined) throw refusal
      if (refusal.status === 401) return portal.turnAway(refusal)
      setPhase((before) => (before === 'ready' ? before : [400, 403, 404].includes(refusal.status) ? 'missing' : 'failed'))
    }
  }, [portal.api, id])
  useEffect(() => {
    load()
  }, [load, known?.updatedAt])

  const answer = (what, body, key, thanks) =>
    portal.attempt(async () => {
      try {
        const answered = await portal.api.send(`/api/contracts/${id}/${what}`, body, key)
        setContract(answered)
        setMoved(null)
        portal.put('contracts', answered)
        toast({ text: t(thanks, { title: answered.title }) })
        document.getElementById('main')?.focus()
      } catch (refusal) {
        if (refusal.status !== 409 || !refusal.code?.startsWith('contract_')) throw refusal
        setMoved(refusal.code)
        await load()
        await portal.load()
      }
    })
  return {
    contract,
    phase,
    moved,
    load,
    pdf: () =>
      portal.attempt(async () => saveAs(await portal.api.bytes(`/api/contracts/${id}/pdf`), `${contract.title}.pdf`)),
    sign: (signature, key) =>
      answer('sign', { ...signature, consent: true, textSha256: contract.textSha256 }, key, 'portal.contracts.signed_toast'),
    decline: (reason, key) => answer('decline', { reason }, key, 'portal.contracts.declined_toast'),
  }
}
