import { useEffect, useRef, useState } from '../../lib/ui.js'

// What is drawn on the server comes in widths of 640 and 1280.
const NARROW = 640
const WIDE = 1280

/**
 * The picture of one page: `{phase, address, pages}`, phases loading, ready, none (nothing can be drawn), failed; while a
 * page loads, the one before stays in `address`. It is fetched with the door's credential, so its address is a blob's.
 */
export function usePreview(api, { file, version, page }) {
  const [state, setState] = useState({ phase: canBeDrawn(file) ? 'loading' : 'none', address: '', pages: 0 })
  const [turn, setTurn] = useState(0)
  const drawn = useRef(new Map())
  useEffect(() => {
    if (!canBeDrawn(file)) return undefined
    let here = true
    const show = ({ address, pages }) => here && setState({ phase: 'ready', address, pages })
    const known = drawn.current.get(page)
    if (known) {
      show(known)
      return undefined
    }
    setState((before) => ({ ...before, phase: 'loading' }))
    fetched(api, { file, version, page }).then(
      (picture) => {
        drawn.current.set(page, picture)
        show(picture)
      },
      (refusal) => here && setState((before) => ({ ...before, phase: NOTHING_TO_DRAW.has(refusal.status) ? 'none' : 'failed' })),
    )
    return () => {
      here = false
    }
  }, [page, turn])
  useEffect(() => () => drawn.current.forEach(({ address }) => URL.revokeObjectURL(address)), [])
  return { ...state, again: () => setTurn((before) => before + 1) }
}

const NOTHING_TO_DRAW = new Set([404, 415])

/** What surely cannot is not asked for. */
function canBeDrawn({ mimeType }) {
  return mimeType === 'application/pdf' || (mimeType.startsWith('image/') && !mimeType.startsWith('image/svg'))
}

async function fetched(api, { file, version, page }) {
  const width = Math.min(innerWidth, WIDE) * devicePixelRatio > NARROW ? WIDE : NARROW
  const path = `/api/files/${file.id}/preview?version=${version}&page=${page}&width=${width}`
  const response = await api.through('GET', path, { deadline: null })
  const address = URL.createObjectURL(await response.blob())
  return { address, pages: Number(response.headers.get('X-Page-Count')) || 1 }
}
