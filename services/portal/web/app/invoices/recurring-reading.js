// A recurring invoice in its editor's fields, and as the API takes it.
import { t } from '../../lib/texts.js'
import { today } from '../papers/days.js'
import { readContent, Reader } from '../papers/reading.js'
import { blankContent, typedContent } from '../papers/typed.js'
import { howOf } from './rhythm.js'

const DUE_DAYS = '14'

export function blankRecurring(currency, client = null) {
  const rhythm = { frequency: 'monthly', interval: '1', startsOn: today(), ends: 'never', endsOn: '', occurrences: '', daysUntilDue: DUE_DAYS, how: 'mail' }
  return { ...blankContent(currency), ...rhythm, client, project: null }
}

export function typedRecurring(recurring, project = null) {
  const { endsOn, occurrences } = recurring
  return {
    ...typedContent(recurring),
    project: project && { value: project.id, label: project.name },
    frequency: recurring.frequency,
    interval: String(recurring.interval),
    startsOn: recurring.startsOn,
    ends: endsOn ? 'on' : occurrences ? 'after' : 'never',
    endsOn: endsOn ?? '',
    occurrences: occurrences ? String(occurrences) : '',
    daysUntilDue: String(recurring.daysUntilDue),
    how: howOf(recurring),
  }
}

export function readRecurring(values) {
  const read = readContent(values)
  const reader = new Reader(values.currency)
  const count = (name, most) => reader.number(values[name], name, { decimals: 0, most })
  const { client, ends, how } = values
  const body = {
    clientId: client?.value,
    projectId: values.project?.value ?? null,
    ...read.content,
    frequency: values.frequency,
    interval: count('interval', 100),
    startsOn: values.startsOn,
    endsOn: ends === 'on' ? values.endsOn || null : null,
    occurrences: ends === 'after' ? count('occurrences', 1000) || null : null,
    daysUntilDue: count('daysUntilDue', 365),
    draft: how === 'draft',
    sendEmail: how === 'mail',
  }
  return { ...read, complaints: { ...read.complaints, ...reader.complaints }, missing: { ...read.missing, ...missingOf(values) }, body }
}

function missingOf({ client, startsOn, interval, ends, endsOn, occurrences, how }) {
  const missing = {
    client: client ? '' : t('app.papers.missing_client'),
    startsOn: startsOn ? '' : t('app.papers.missing_day'),
    interval: Number(interval) > 0 ? '' : t('app.papers.not_zero'),
    endsOn: ends !== 'on' || endsOn ? '' : t('app.papers.missing_day'),
    occurrences: ends !== 'after' || Number(occurrences) > 0 ? '' : t('app.papers.not_zero'),
    how: how === 'mail' && client && !client.email ? t('app.papers.no_address') : '',
  }
  return Object.fromEntries(Object.entries(missing).filter(([, complaint]) => complaint))
}
