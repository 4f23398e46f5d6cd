// The secret of a mailed link, after the `#` of its address.
import { inEntry, keepInEntry, onMove, takeSecret } from './place.js'

/** Survives a reload: whoever fetches a password from elsewhere on a phone comes back to one. */
export function mailedToken() {
  const secret = takeSecret('token')
  if (secret) keepInEntry({ mailed: secret.value })
  // Another mail's link in the same tab changes only the part after the `#`.
  onMove(() => location.hash && location.reload())
  return inEntry('mailed')
}
