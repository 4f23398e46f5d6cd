// What was answered to a form's questions, as facts.
import { day, number } from '../../lib/format.js'
import { t } from '../../lib/texts.js'
import { html } from '../../lib/ui.js'

/** The answers in the order of the form's questions at that time; files lead to their download. */
export function answersOf(lead) {
  return lead.questions.map((question) => ({ term: question.label, value: shown(lead, question) }))
}

function shown(lead, { key, type }) {
  const value = lead.answers[key]
  if (value === undefined || value === null || value === '') return null
  if (type === 'file') {
    return html`<a href=${`/api/leads/${lead.id}/files/${encodeURIComponent(key)}`} download dir="auto">${value.name ?? t('app.leads.file')}</a>`
  }
  if (type === 'checkbox') return t(value ? 'app.leads.yes' : 'app.leads.no')
  if (type === 'multi_select') return html`<bdi>${value.join(', ')}</bdi>`
  if (type === 'number') return number(value)
  if (type === 'date') return day(value)
  if (type === 'url') return html`<a href=${value} target="_blank" rel="noopener noreferrer nofollow" dir="ltr">${value}</a>`
  if (type === 'email') return html`<a href=${`mailto:${value}`} dir="auto">${value}</a>`
  return html`<span class="long-text" dir="auto">${value}</span>`
}
