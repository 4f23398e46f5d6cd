import { useCallback, useEffect, useState } from '../../lib/ui.js'

const PATH = '/api/v1/portal/client'

/** What the client has told of themselves. Phases: loading, ready, failed. `save` and `upload` raise refusals. */
export function useProfile(portal) {
  const [profile, setProfile] = useState(null)
  const [phase, setPhase] = useState('loading')
  const { api, turnAway } = portal
  const load = useCallback(async () => {
    setPhase('loading')
    try {
      setProfile(await api.read(PATH))
      setPhase('ready')
    } catch (refusal) {
      if (refusal.status === undefined) throw refusal
      if (refusal.status === 401) turnAway(refusal)
      setPhase('failed')
    }
  }, [api])
  useEffect(() => {
    load()
  }, [load])
  return {
    profile,
    phase,
    load,
    save: async (changes, key) => setProfile(await (await api.through('PATCH', PATH, { body: changes, key })).json()),
    upload: async (file, key, onProgress) => {
      const form = new FormData()
      form.append('file', file, file.name)
      const answer = await api.upload(`${PATH}/avatar`, form, { key, onProgress })
      setProfile(answer)
    },
  }
}
