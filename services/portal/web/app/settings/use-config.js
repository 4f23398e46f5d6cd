import { patch } from '../lib/api.js'
import { useOne } from '../lib/use-one.js'

const PATH = '/api/v1/client-portal/config'

/** The portal's settings as useOne has them; `save(changes, key)` keeps some of them and answers all. */
export function useConfig() {
  const { value, set, ...one } = useOne(PATH)
  return {
    ...one,
    value: value?.data ?? null,
    set: (data) => set({ data }),
    save: async (changes, key) => (await patch(PATH, changes, key)).data,
  }
}
