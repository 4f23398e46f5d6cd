import { html, useEffect, useRef } from '../../lib/ui.js'
import { Button } from '../../components/button.js'

/** A field to draw in; `onChange` gets a PNG data URL, or null when it is empty. */
export function SignaturePad({ onChange }) {
  const canvas = useRef(null)
  const pad = useRef(null)
  useEffect(() => {
    let left = false
    open(canvas.current, onChange).then((opened) => {
      if (left) opened.off()
      else pad.current = opened
    })
    return () => {
      left = true
      pad.current?.off()
    }
  }, [])
  const clear = () => {
    pad.current?.clear()
    onChange(null)
  }
  return html`<div class="signature-pad">
    <canvas ref=${canvas} role="img" aria-label="Field to draw your signature in with a mouse, pen or finger"></canvas>
    <${Button} onPress=${clear}>Clear<//>
  </div>`
}

async function open(canvas, onChange) {
  const { default: Pad } = await import('../../vendor/signature_pad-5.1.4/signature_pad.min.js')
  const scale = Math.max(devicePixelRatio || 1, 1)
  canvas.width = canvas.offsetWidth * scale
  canvas.height = canvas.offsetHeight * scale
  canvas.getContext('2d').scale(scale, scale)
  const pad = new Pad(canvas, { penColor: 'rgb(20, 30, 70)' })
  pad.addEventListener('endStroke', () => onChange(pad.toDataURL('image/png')))
  return pad
}
