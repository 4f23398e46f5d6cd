import { useCallback, useEffect, useState } from '../../lib/ui.js'
import { post } from '../lib/api.js'

/** The live link of a holder; phases: loading, ready, ended (after `forget`), failed. `fetch` makes one where there is none. */
export function usePortalLink({ type, id }) {
  const [state, setState] = useState({ phase: 'loading' })
  const fetch = useCallback(async () => {
    try {
      const { url, expires_at: expiresAt } = await post('/api/v1/client-portal/token', { type, id })
      setState({ phase: 'ready', url, expiresAt })
    } catch (refusal) {
      setState({ phase: 'failed', refusal })
    }
  }, [type, id])
  useEffect(() => {
    fetch()
  }, [fetch])
  return { ...state, fetch, forget: () => setState({ phase: 'ended' }) }
}
