// Every text of the pages, in the reader's language: `locales/{language}.json`, of which a face gets its part.
const { lang, dataset } = document.documentElement
const { default: texts } = await import(`../locales/${lang}/${dataset.face}.js`)
const plural = new Intl.PluralRules(lang)

/**
 * The text under a dotted key, `{placeholders}` filled in. Of a text with plural forms, `values.count` chooses one.
 * Where a value is no plain text but something to draw, the answer is an array of parts.
 */
export function t(key, values = {}) {
  const found = key.split('.').reduce((at, part) => at?.[part], texts)
  const text = typeof found === 'object' ? (found[plural.select(values.count)] ?? found.other) : found
  if (text === undefined) throw new Error(`no text is called ${key}`)
  const parts = text.split(/\{(\w+)\}/).map((part, index) => (index % 2 ? shown(part, values[part]) : part))
  return parts.every((part) => typeof part === 'string') ? parts.join('') : parts
}

/** The text under a key that is put together from a state the server names, or that name where there is no text. */
export function named(key, state) {
  const found = `${key}.${state}`.split('.').reduce((at, part) => at?.[part], texts)
  return typeof found === 'string' ? found : String(state)
}

const numbers = new Intl.NumberFormat(lang)

function shown(name, value) {
  if (value === undefined) throw new Error(`no value for {${name}}`)
  return typeof value === 'number' ? numbers.format(value) : value
}
