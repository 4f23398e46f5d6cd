import { html, useEffect, useState } from '../../lib/ui.js'

const EDGE = 4

/** A text as a QR code, drawn here: what is in it goes nowhere. */
export function QrCode({ text, label }) {
  const [drawn, setDrawn] = useState(null)
  useEffect(() => {
    let here = true
    draw(text).then((found) => here && setDrawn(found), () => {})
    return () => {
      here = false
    }
  }, [text])
  if (!drawn) return null
  const { size } = drawn
  return html`<svg class="qr-code" viewBox=${`0 0 ${size} ${size}`} role="img" aria-label=${label} shape-rendering="crispEdges">
    <rect width=${size} height=${size} fill="#fff" /><path d=${drawn.path} fill="#000" />
  </svg>`
}

async function draw(text) {
  const { encode } = await import('../../vendor/uqr-0.1.3/index.mjs')
  const { data, size } = encode(text, { ecc: 'M', border: EDGE })
  const squares = data.flatMap((row, y) => row.flatMap((dark, x) => (dark ? [`M${x} ${y}h1v1h-1z`] : [])))
  return { size, path: squares.join('') }
}
