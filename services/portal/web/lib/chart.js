// Draws charts; the library and its style sheet are fetched with the first one.
const FOLDER = new URL('../vendor/uplot-1.6.32/', import.meta.url)
const WHOLES = Array.from({ length: 15 }, (_, zeros) => [1, 2, 5].map((digit) => digit * 10 ** zeros)).flat()
const DASHES = [[], [6, 4], [2, 3]]
let loading = null

function load() {
  loading ??= Promise.all([import('../vendor/uplot-1.6.32/uPlot.min.mjs'), sheet()]).then(([{ default: uPlot }]) => uPlot)
  return loading
}

/**
 * Draws bars into `place`: one group for each of `labels`, one bar in it for each of `series` ({name, values, colour: a
 * custom property's name}). `format` writes a value on the
 * scale, which with `wholes` has whole numbers only; `height` is in pixels. Answers what takes the chart away again.
 */
export async function drawBars(place, { labels, series, format = String, wholes = false, height = 220 }) {
  const Chart = await load()
  const options = (width) => optionsFor({ Chart, place, labels, series, format, wholes, width, height })
  const data = [labels.map((_, at) => at), ...series.map(({ values }) => values)]
  let chart = null
  const draw = () => {
    const width = Math.floor(place.clientWidth)
    if (width === 0) return
    chart?.destroy()
    chart = new Chart(options(width), data, place)
  }
  // Colours are read once, so another scheme needs another drawing.
  const dark = matchMedia('(prefers-color-scheme: dark)')
  const theme = new MutationObserver(draw)
  const size = new ResizeObserver(draw)
  dark.addEventListener('change', draw)
  theme.observe(document.documentElement, { attributeFilter: ['data-theme'] })
  size.observe(place)
  return () => {
    dark.removeEventListener('change', draw)
    theme.disconnect()
    size.disconnect()
    chart?.destroy()
  }
}

function optionsFor({ Chart, place, labels, series, format, wholes, width, height }) {
  const colour = (name) => resolved(place, name)
  const [text, line] = [colour('--text-quiet'), colour('--line')]
  const font = `12px ${getComputedStyle(place).fontFamily}`
  const every = Math.ceil((labels.length * 56) / width)
  const axis = { stroke: text, font, ticks: { show: false } }
  const widest = Math.max(...series.flatMap(({ values }) => values.map((value) => format(value ?? 0).length)), 1)
  return {
    width,
    height,
    legend: { show: false },
    cursor: { show: false },
    scales: { x: { time: false, range: [-0.5, labels.length - 0.5] }, y: { range: (_, low, high) => [Math.min(low, 0), high * 1.08 || 1] } },
    axes: [
      { ...axis, size: 30, grid: { show: false }, splits: labels.map((_, at) => at), values: (_, at) => at.map((one) => (one % every ? '' : labels[one])) },
      { ...axis, grid: { stroke: line, width: 1 }, size: Math.max(40, widest * 7 + 12), values: (_, at) => at.map(format), ...(wholes && { incrs: WHOLES }) },
    ],
    series: [{}, ...series.map((one, at) => barsOf({ Chart, one, at, of: series.length, colour }))],
  }
}

function barsOf({ Chart, one, at, of, colour }) {
  const width = 0.62 / of
  const fill = colour(one.colour ?? ['--primary', '--control-line', '--warning-text'][at % 3])
  const offset = (at - (of - 1) / 2) * width
  const disp = {
    x0: { unit: 1, values: (chart) => chart.data[0].map((x) => x + offset - width / 2) },
    size: { unit: 1, values: (chart) => chart.data[0].map(() => width * 0.92) },
  }
  return { label: one.name, stroke: fill, fill, width: 0, dash: DASHES[at % 3], points: { show: false }, paths: Chart.paths.bars({ disp, radius: [0.12, 0] }) }
}

/** What a custom property comes to as a colour, `light-dark()` and all. */
function resolved(place, name) {
  const probe = document.createElement('span')
  probe.style.setProperty('color', `var(${name})`)
  place.append(probe)
  const colour = getComputedStyle(probe).color
  probe.remove()
  return colour
}

function sheet() {
  const link = document.createElement('link')
  link.rel = 'stylesheet'
  link.href = new URL('uPlot.min.css', FOLDER).pathname
  document.head.append(link)
  return new Promise((resolve, reject) => {
    link.onload = resolve
    link.onerror = reject
  })
}
