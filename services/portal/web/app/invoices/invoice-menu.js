import { Menu } from '../../components/menu.js'
import { t } from '../../lib/texts.js'
import { html } from '../../lib/ui.js'
import { download } from '../papers/pdf.js'
import { removePaper } from '../papers/removing.js'
import { copyText } from '../papers/use-act.js'

/** What else can be done with an invoice, in the list and on its page; there `more` items come first. */
export function InvoiceMenu({ invoice, more = [], onDeleted = () => {} }) {
  const { id, number, status, paymentUrl } = invoice
  const name = number ?? t('app.invoices.draft')
  const items = [
    status === 'draft' && { label: t('app.papers.edit'), icon: 'pencil', to: `/app/invoices/${id}/edit` },
    ...more,
    { label: t('app.papers.duplicate'), icon: 'copy', to: `/app/invoices/new?from=${id}` },
    paymentUrl && status !== 'void' && { label: t('app.invoices.copy_link'), icon: 'link', onPress: () => copyText(paymentUrl) },
    { label: t('app.papers.pdf'), icon: 'download', onPress: () => download(`/api/invoices/${id}/pdf`, number ?? name) },
    status === 'draft' && { label: t('app.papers.delete_draft'), icon: 'trash-2', tone: 'danger', onPress: () => remove(invoice, onDeleted) },
  ]
  return html`<${Menu} label=${t('app.papers.more_for', { name })} items=${items.sort(dangerLast)} />`
}

const dangerLast = (one, other) => Number(one?.tone === 'danger') - Number(other?.tone === 'danger')

function remove({ id, client }, onDeleted) {
  removePaper(`/api/invoices/${id}`, t('app.invoices.draft_deleted', { name: client.name }))
  onDeleted()
}
