// What a browser says of itself, as a person would call it.
const BROWSERS = [
  [/Edg(?:A|iOS)?\//, 'Edge'],
  [/OPR\//, 'Opera'],
  [/SamsungBrowser\//, 'Samsung Internet'],
  [/Firefox\/|FxiOS\//, 'Firefox'],
  [/Chrome\/|CriOS\//, 'Chrome'],
  [/Safari\//, 'Safari'],
]
const SYSTEMS = [
  [/iPhone/, 'iPhone'],
  [/iPad/, 'iPad'],
  [/Android/, 'Android'],
  [/Windows/, 'Windows'],
  [/Mac OS X/, 'macOS'],
  [/CrOS/, 'ChromeOS'],
  [/Linux/, 'Linux'],
]

/** `{name, small}`; the name is empty where nothing is recognised. */
export function deviceOf(userAgent = '') {
  const of = (list) => list.find(([sign]) => sign.test(userAgent))?.[1]
  const parts = [of(BROWSERS), of(SYSTEMS)].filter(Boolean)
  return { name: parts.join(' · '), small: /iPhone|Android.*Mobile/.test(userAgent) }
}
