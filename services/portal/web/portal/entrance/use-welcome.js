// The welcome of an agency's portal, for its sign-in page.
import { welcomeTo } from './requests.js'
import { t } from '../../lib/texts.js'
import { applyTheme } from '../../lib/theme.js'
import { useCallback, useEffect, useState } from '../../lib/ui.js'

/** Phases: loading, ready, missing (no such agency), failed. Asks only once it is `wanted`. */
export function useWelcome(slug, wanted) {
  const [phase, setPhase] = useState('loading')
  const [welcome, setWelcome] = useState(null)
  const load = useCallback(async () => {
    try {
      const fresh = await welcomeTo(slug)
      applyTheme(fresh)
      setWelcome(fresh)
      setPhase('ready')
    } catch (refusal) {
      setPhase(refusal.status === 404 ? 'missing' : 'failed')
    }
  }, [slug])
  useEffect(() => {
    if (wanted && !welcome) load()
  }, [load, wanted])
  useEffect(() => {
    if (wanted && welcome) document.title = `${t('portal.entrance.sign_in')} · ${welcome.portal_name}`
  }, [wanted, welcome])
  return { phase, welcome, load }
}
