import { Menu } from '../../components/menu.js'
import { t } from '../../lib/texts.js'
import { html } from '../../lib/ui.js'
import { get } from '../lib/api.js'
import { download } from '../papers/pdf.js'
import { removePaper } from '../papers/removing.js'
import { copyText } from '../papers/use-act.js'

/** What else can be done with a quote, in the list and on its page. */
export function QuoteMenu({ quote, onDeleted = () => {} }) {
  const { id, number, status, title } = quote
  const items = [
    status !== 'accepted' && { label: t('app.papers.edit'), icon: 'pencil', to: `/app/quotes/${id}/edit` },
    { label: t('app.papers.duplicate'), icon: 'copy', to: `/app/quotes/new?from=${id}` },
    status !== 'draft' && { label: t('app.papers.copy_link'), icon: 'link', onPress: () => copyQuoteLink(quote) },
    { label: t('app.papers.pdf'), icon: 'download', onPress: () => download(`/api/quotes/${id}/pdf`, number ?? title) },
    number === null && { label: t('app.papers.delete_draft'), icon: 'trash-2', tone: 'danger', onPress: () => remove(quote, onDeleted) },
  ]
  return html`<${Menu} label=${t('app.papers.more_for', { name: number ?? title })} items=${items} />`
}

function remove({ id, title }, onDeleted) {
  removePaper(`/api/quotes/${id}`, t('app.papers.deleted', { name: title }))
  onDeleted()
}

/** The client's own portal, opened at this quote. */
export async function copyQuoteLink({ id, clientId }) {
  const { token } = await get(`/api/clients/${clientId}`)
  await copyText(`${location.origin}/client-portal/${token}#/quotes/${id}`)
}
