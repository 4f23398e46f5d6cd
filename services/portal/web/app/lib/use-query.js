// What stands after the `?` of the address: filters, so that a list can be shared, reloaded and gone back to.
import { onMove, replaceAddress } from '../../lib/place.js'
import { useEffect, useState } from '../../lib/ui.js'

/** The values by name, and what changes some of them; an empty one leaves the address. */
export function useQuery() {
  const [search, setSearch] = useState(location.search)
  useEffect(() => onMove(() => setSearch(location.search)), [])
  const change = (changes) => {
    const next = new URLSearchParams(location.search)
    for (const [name, value] of Object.entries(changes)) {
      if (value === null || value === '') next.delete(name)
      else next.set(name, value)
    }
    const text = next.toString()
    replaceAddress(location.pathname + (text && `?${text}`))
  }
  return [Object.fromEntries(new URLSearchParams(search)), change]
}
