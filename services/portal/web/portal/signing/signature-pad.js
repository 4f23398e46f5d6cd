import { Button } from '../../components/button.js'
import { t } from '../../lib/texts.js'
import { html, useEffect, useId, useRef, useState } from '../../lib/ui.js'

const INK = 'rgb(20, 30, 70)'

/** Paper to draw on; `onChange` gets a PNG data URL, or null when there is nothing on it. */
export function SignaturePad({ onChange, complaint = '' }) {
  const id = useId()
  const canvas = useRef(null)
  const pad = useRef(null)
  const [empty, setEmpty] = useState(true)
  const latest = useRef(onChange)
  latest.current = onChange
  const tell = () => {
    setEmpty(pad.current.isEmpty())
    latest.current(pad.current.isEmpty() ? null : pad.current.toDataURL('image/png'))
  }
  useEffect(() => {
    let [left, close] = [false, () => {}]
    open(canvas.current, tell).then((opened) => {
      if (left) return opened.close()
      pad.current = opened.pad
      close = opened.close
    })
    return () => {
      left = true
      close()
    }
  }, [])
  const redraw = (strokes) => {
    pad.current?.fromData(strokes)
    if (pad.current) tell()
  }
  return html`<div class="signature-pad">
    <canvas class="ink" ref=${canvas} role="img" aria-label=${t('portal.signing.field')} aria-describedby=${id}></canvas>
    <p class="complaint" id=${id} role="alert">${complaint}</p>
    <div class="signature-tools">
      <${Button} icon="undo-2" disabled=${empty} onPress=${() => redraw(pad.current.toData().slice(0, -1))}>${t('portal.signing.undo')}<//>
      <${Button} icon="x" disabled=${empty} onPress=${() => redraw([])}>${t('shared.ui.clear')}<//>
    </div>
  </div>`
}

/** A pad as sharp as the screen, whose drawing keeps its place when the window changes. */
async function open(canvas, onStroke) {
  const { default: Pad } = await import('../../vendor/signature_pad-5.1.4/signature_pad.min.js')
  const pad = new Pad(canvas, { penColor: INK })
  let width = 0
  const fit = () => {
    const next = canvas.offsetWidth
    if (next === 0 || next === width) return
    const strokes = width ? scaled(pad.toData(), next / width) : []
    width = next
    const scale = Math.max(devicePixelRatio || 1, 1)
    canvas.width = Math.round(next * scale)
    canvas.height = Math.round(canvas.offsetHeight * scale)
    canvas.getContext('2d').scale(scale, scale)
    pad.fromData(strokes)
  }
  fit()
  const watcher = new ResizeObserver(fit)
  watcher.observe(canvas)
  pad.addEventListener('endStroke', onStroke)
  const close = () => {
    watcher.disconnect()
    pad.off()
  }
  return { pad, close }
}

/** Smaller where there is less room; never enlarged. */
function scaled(strokes, by) {
  if (by >= 1) return strokes
  return strokes.map((stroke) => ({ ...stroke, points: stroke.points.map((point) => ({ ...point, x: point.x * by, y: point.y * by })) }))
}
