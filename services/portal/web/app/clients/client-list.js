import { Avatar } from '../../components/avatar.js'
import { Table } from '../../components/table.js'
import { When } from '../../components/when.js'
import { t } from '../../lib/texts.js'
import { html } from '../../lib/ui.js'
import { FoundRows } from './found-rows.js'

/** Clients, newest first. */
export function ClientList({ list, ...rest }) {
  const columns = [
    { key: 'name', head: t('app.clients.name'), primary: true, cell: (client) => html`<${Who} ...${client} />` },
    { key: 'company', head: t('app.clients.company'), cell: ({ company }) => company && html`<bdi>${company}</bdi>` },
    { key: 'since', head: t('app.clients.since'), cell: ({ createdAt }) => html`<${When} on=${createdAt.slice(0, 10)} />` },
  ]
  const table = html`<${Table} caption=${t('app.clients.title')} columns=${columns} rows=${list.rows} href=${({ id }) => `/app/clients/${id}`} />`
  return html`<${FoundRows} list=${list} kind="clients" icon="users" ...${rest}>${table}<//>`
}

/** In the page's own direction, whatever that of the name. */
function Who({ name, email }) {
  return html`<span class="client-who" dir=${document.dir || 'ltr'}>
    <${Avatar} name=${name} />
    <span><bdi class="client-who-name">${name}</bdi>${email && html`<bdi class="quiet clamp">${email}</bdi>`}</span>
  </span>`
}
