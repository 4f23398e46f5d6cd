import { Combobox } from '../../components/combobox.js'
import { Select } from '../../components/select.js'
import { CURRENCIES } from '../../lib/currencies.js'
import { t } from '../../lib/texts.js'
import { html } from '../../lib/ui.js'
import { get } from '../lib/api.js'
import { optionOf } from './typed.js'

const names = new Intl.DisplayNames(document.documentElement.lang || undefined, { type: 'currency' })
const CURRENCY_OPTIONS = CURRENCIES.map((code) => ({ value: code, label: `${code} · ${names.of(code)}` }))
const MOST = 20

/** Whom a paper is for. A paper of another client is another paper, where `locked`. */
export function ClientField({ paper, locked = false }) {
  const { value, complaint } = paper.bind('client')
  const search = async (q) => (await get('/api/clients', { q, limit: MOST })).map(optionOf)
  const choose = (client) => paper.change((before) => ({ client, project: client?.value === before.client?.value ? before.project : null }))
  const hint = locked ? t('app.papers.client_locked') : value && !value.email ? t('app.papers.client_without_address') : ''
  return html`<${Combobox} label=${t('app.papers.client')} value=${value} search=${search} onChoose=${choose} disabled=${locked}
    placeholder=${t('app.papers.client_example')} complaint=${complaint} hint=${hint} />`
}

/** The project that the work belongs to, one of the client's. */
export function ProjectField({ paper }) {
  const { value, onType, complaint } = paper.bind('project')
  const { client } = paper.values
  const search = async (q) => (await get('/api/projects', { q, clientId: client?.value, limit: MOST })).map(({ id, name }) => ({ value: id, label: name }))
  return html`<${Combobox} key=${client?.value} label=${t('app.papers.project')} optional value=${value} search=${search} onChoose=${onType} disabled=${!client}
    complaint=${complaint} placeholder=${client ? t('app.papers.project_example') : t('app.papers.project_later')} />`
}

export function CurrencyField({ paper }) {
  return html`<${Select} label=${t('app.papers.currency')} options=${CURRENCY_OPTIONS} ...${paper.bind('currency')} />`
}
