import { t } from '../lib/texts.js'
import { html, useEffect, useState } from '../lib/ui.js'
import { Button } from './button.js'
import { Field } from './field.js'

const SAID_MS = 2500

/** A text to take along, and a button that copies it and says so. */
export function CopyField({ label, value, hint, ...rest }) {
  const [copied, setCopied] = useState(false)
  useEffect(() => {
    if (!copied) return undefined
    const timer = setTimeout(() => setCopied(false), SAID_MS)
    return () => clearTimeout(timer)
  }, [copied])
  const copy = async (event) => {
    const input = event.currentTarget.closest('.field').querySelector('input')
    try {
      await navigator.clipboard.writeText(value)
    } catch {
      // No clipboard without HTTPS: the older way still works from a press.
      input.select()
      document.execCommand('copy')
    }
    setCopied(true)
  }
  return html`<${Field} label=${label} value=${value} hint=${hint} readonly dir="ltr" onType=${() => {}}
    onFocus=${(event) => event.target.select()} ...${rest}>
    <${Button} icon=${copied ? 'check' : 'copy'} onPress=${copy}>
      ${copied ? t('shared.ui.copied') : t('shared.ui.copy')}
    <//>
    <span class="visually-hidden" role="status">${copied ? t('shared.ui.copied') : ''}</span>
  <//>`
}
