import { useEffect, useState } from '../../lib/ui.js'

/** The address of a picture that only its owner may see: fetched with the credential, held by this page. */
export function usePicture(portal, blobId) {
  const [address, setAddress] = useState('')
  useEffect(() => {
    let [here, made] = [true, '']
    setAddress('')
    if (!blobId) return undefined
    portal.api.bytes(`/api/v1/portal/blobs/${blobId}`).then(
      (blob) => {
        if (!here) return
        made = URL.createObjectURL(blob)
        setAddress(made)
      },
      () => {}, // Initials stand there instead.
    )
    return () => {
      here = false
      if (made) URL.revokeObjectURL(made)
    }
  }, [blobId])
  return address
}
