import { Combobox } from '../../components/combobox.js'
import { Field } from '../../components/field.js'
import { t } from '../../lib/texts.js'
import { html } from '../../lib/ui.js'
import { get } from '../lib/api.js'

const MOST = 20

/** Name, address and company of a client; `form` is a useForm with those names. */
export function ClientFields({ form, hint }) {
  return html`<${Field} label=${t('app.clients.name')} maxlength="200" autocomplete="off" dir="auto" focus ...${form.bind('name')} />
    <${Field} label=${t('app.clients.email')} type="email" maxlength="254" autocomplete="off" hint=${hint} ...${form.bind('email')} />
    <${Combobox} label=${t('app.clients.company')} optional placeholder=${t('app.clients.type_company')} search=${findCompanies} ...${form.bind('company')} />
    <p class="complaint" role="alert">${form.complaints.all ?? ''}</p>`
}

/** What is wrong with what was typed, by field. */
export function complaintsAbout({ name, email }) {
  return {
    name: name.trim() ? '' : t('app.clients.name_missing'),
    email: /^\S+@\S+$/.test(email.trim()) ? '' : t('app.clients.email_missing'),
  }
}

async function findCompanies(q) {
  const rows = await get('/api/companies', { q, limit: MOST })
  return rows.map(({ id, name, clients }) => ({ value: id, label: name, hint: t('app.clients.has_clients', { count: clients }) }))
}
