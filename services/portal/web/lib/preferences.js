// What somebody prefers on this device. Cookies, so that the document already comes in that language and scheme.
const YEAR_S = 365 * 24 * 60 * 60
const SINGLE_KEYS = 'portico.single-keys'

export const THEMES = ['system', 'light', 'dark']
export const LANGUAGES = [
  { code: 'en', name: 'English' },
  { code: 'de', name: 'Deutsch' },
]

export function chosenTheme() {
  return document.documentElement.dataset.theme || 'system'
}

/** Takes effect at once; `system` follows the device. */
export function chooseTheme(name) {
  const theme = name === 'system' ? '' : name
  document.documentElement.dataset.theme = theme
  keep('portico-theme', theme)
}

/** Loads the page again, in that language; drafts are kept. */
export function chooseLanguage(code) {
  keep('portico-language', code)
  location.reload()
}

/** Whether keys without Ctrl or Cmd do something: in the way of whoever dictates (WCAG 2.2, 2.1.4). */
export function hasSingleKeys() {
  try {
    return localStorage.getItem(SINGLE_KEYS) !== 'off'
  } catch {
    return true
  }
}

export function switchSingleKeys(on) {
  try {
    localStorage.setItem(SINGLE_KEYS, on ? 'on' : 'off')
  } catch {
    // Storage is switched off: then they stay as they are.
  }
}

function keep(name, value) {
  const secure = location.protocol === 'https:' ? '; Secure' : ''
  document.cookie = `${name}=${value}; Path=/; Max-Age=${value ? YEAR_S : 0}; SameSite=Lax${secure}`
}
