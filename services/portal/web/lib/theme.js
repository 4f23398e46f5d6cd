// The agency's colour, darkened or lightened until it can be read (WCAG 2.2, 1.4.3: 4.5 to 1).
const READABLE = 4.5
const WHITE = [255, 255, 255]
const DARK_SURFACE = [28, 26, 23]
const BLACK = [0, 0, 0]

export function applyTheme(settings) {
  const brand = parse(settings.primary_color)
  if (!brand) return
  const { style } = document.documentElement
  style.setProperty('--brand', css(shift(brand, BLACK, WHITE)))
  style.setProperty('--brand-on-dark', css(shift(brand, WHITE, DARK_SURFACE)))
}

/** Moves `colour` towards `goal` in small steps until it stands out from `ground`. */
export function shift(colour, goal, ground) {
  for (let step = 0; step <= 20; step += 1) {
    const candidate = colour.map((part, index) => Math.round(part + ((goal[index] - part) * step) / 20))
    if (contrast(candidate, ground) >= READABLE) return candidate
  }
  return goal
}

function contrast(one, other) {
  const [light, dark] = [luminance(one), luminance(other)].sort((a, b) => b - a)
  return (light + 0.05) / (dark + 0.05)
}

function luminance(colour) {
  const [red, green, blue] = colour.map((part) => {
    const share = part / 255
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4
  })
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue
}

function parse(text) {
  return /^#[0-9a-f]{6}$/i.test(text ?? '') ? [1, 3, 5].map((at) => parseInt(text.slice(at, at + 2), 16)) : null
}

function css(colour) {
  return `rgb(${colour.join(' ')})`
}
