// What a session was begun with, in words one knows it by.
import { t } from '../../lib/texts.js'

// The first that fits: most browsers also carry the names of those they descend from.
const BROWSERS = [
  ['Edge', /\bEdgA?\/|\bEdgiOS\//],
  ['Opera', /\bOPR\//],
  ['Samsung Internet', /\bSamsungBrowser\//],
  ['Firefox', /\b(Firefox|FxiOS)\//],
  ['Chrome', /Chrome\/|\bCriOS\//],
  ['Safari', /\bSafari\//],
]
const SYSTEMS = [
  ['iPhone', /\biPhone\b/],
  ['iPad', /\biPad\b/],
  ['Android', /\bAndroid\b/],
  ['Windows', /\bWindows\b/],
  ['macOS', /\bMac OS X\b/],
  ['ChromeOS', /\bCrOS\b/],
  ['Linux', /\bLinux\b/],
]

/** `Firefox on Windows`; what is neither browser nor system that we know is shown as it calls itself. */
export function deviceOf(userAgent) {
  if (!userAgent) return t('app.settings.unknown_device')
  const nameIn = (kinds) => kinds.find(([, mark]) => mark.test(userAgent))?.[0]
  const browser = nameIn(BROWSERS)
  const system = nameIn(SYSTEMS)
  return browser && system ? t('app.settings.device', { browser, system }) : userAgent
}
