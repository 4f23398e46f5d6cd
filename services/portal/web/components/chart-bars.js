import { drawBars } from '../lib/chart.js'
import { t } from '../lib/texts.js'
import { html, useEffect, useId, useRef } from '../lib/ui.js'

/**
 * Bars for `labels`, one in each group for each of `series` ({name, values, colour}); the same numbers as a table
 * under it. `format` writes a value, `first` is the head of the table's first column. With `axis`, which writes a whole
 * number, the scale beside the bars has only those.
 */
export function ChartBars({ title, first, labels, series, format, axis, height = 220 }) {
  const id = useId()
  const place = useRef(null)
  const drawn = JSON.stringify([labels, series, height])
  useEffect(() => {
    let [end, over] = [() => {}, false]
    drawBars(place.current, { labels, series, format: axis ?? format, wholes: Boolean(axis), height }).then(
      (stop) => (over ? stop() : (end = stop)),
      () => {}, // The table says the same.
    )
    return () => {
      over = true
      end()
    }
  }, [drawn])
  useEffect(() => place.current.style.setProperty('--chart', `${height}px`), [height])
  return html`<figure class="chart" aria-labelledby=${id}>
    <figcaption id=${id}>${title}</figcaption>
    ${series.length > 1 && html`<ul class="legend" aria-hidden="true">
      ${series.map(({ name }, at) => html`<li key=${name} class=${`legend-${at % 3}`}>${name}</li>`)}
    </ul>`}
    <div class="chart-place" ref=${place} aria-hidden="true"></div>
    <details>
      <summary>${t('shared.ui.as_table')}</summary>
      <div class="table-scroll"><table>
        <thead><tr><th scope="col">${first}</th>${series.map(({ name }) => html`<th scope="col" key=${name}>${name}</th>`)}</tr></thead>
        <tbody>
          ${labels.map((label, row) => html`<tr key=${label}>
            <th scope="row">${label}</th>${series.map(({ name, values }) => html`<td key=${name}>${format(values[row] ?? 0)}</td>`)}
          </tr>`)}
        </tbody>
      </table></div>
    </details>
  </figure>`
}
