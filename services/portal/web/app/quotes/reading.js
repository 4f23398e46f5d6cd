// A quote in its editor's fields, and as the API takes it.
import { t } from '../../lib/texts.js'
import { readContent } from '../papers/reading.js'
import { daysAfter, today } from '../papers/days.js'
import { blankContent, typedContent } from '../papers/typed.js'

const VALID_DAYS = 30

export function blankQuote(currency, client) {
  return { ...blankContent(currency), client, title: '', expiresOn: daysAfter(today(), VALID_DAYS) }
}

export function typedQuote(quote) {
  return { ...typedContent(quote), title: quote.title, expiresOn: quote.expiresOn ?? '' }
}

/** The same offer once more, valid from now. */
export function copiedQuote(quote) {
  return { ...typedQuote(quote), expiresOn: daysAfter(today(), VALID_DAYS) }
}

export function readQuote(values) {
  const read = readContent(values, { hasOptional: true })
  const missing = { ...read.missing }
  if (!values.client) missing.client = t('app.papers.missing_client')
  if (!values.title.trim()) missing.title = t('app.quotes.missing_title')
  const body = { clientId: values.client?.value, title: values.title.trim(), ...read.content, expiresOn: values.expiresOn || null }
  return { ...read, missing, body }
}
