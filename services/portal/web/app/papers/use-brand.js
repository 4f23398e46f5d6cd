// The agency's head as it stands on its papers: asked for once.
import { useEffect, useState } from '../../lib/ui.js'
import { get } from '../lib/api.js'
import { me } from '../lib/session.js'

const PLAIN = { portal_name: '', portal_logo: null }
let asked = null
let known = PLAIN

/** What `Paper` takes: `{settings, agency}`; the agency's name alone until the rest is known. */
export function useBrand() {
  const [settings, setSettings] = useState(known)
  useEffect(() => {
    let here = true
    asked ??= get('/api/v1/client-portal/config').then(
      ({ data }) => {
        known = data
      },
      () => {
        asked = null
      },
    )
    asked.then(() => here && setSettings(known))
    return () => {
      here = false
    }
  }, [])
  return { settings, agency: { name: me.value?.agency.name ?? '' } }
}
