import { Table } from '../../components/table.js'
import { When } from '../../components/when.js'
import { number } from '../../lib/format.js'
import { t } from '../../lib/texts.js'
import { html } from '../../lib/ui.js'
import { FoundRows } from './found-rows.js'

/** Companies, newest first, with how many clients belong to them. */
export function CompanyList({ list, ...rest }) {
  const columns = [
    { key: 'name', head: t('app.clients.name'), primary: true },
    { key: 'clients', head: t('app.clients.title'), align: 'end', cell: ({ clients }) => number(clients) },
    { key: 'since', head: t('app.clients.since'), cell: ({ createdAt }) => html`<${When} on=${createdAt.slice(0, 10)} />` },
  ]
  const table = html`<${Table} caption=${t('app.clients.companies')} columns=${columns} rows=${list.rows} href=${({ id }) => `/app/companies/${id}`} />`
  return html`<${FoundRows} list=${list} kind="companies" icon="building-2" ...${rest}>${table}<//>`
}
