// Events of the agency's, in a sentence; what the client did is known to them.
import { t } from '../../lib/texts.js'

const SENTENCES = {
  'message.created': ({ author }) => author.kind === 'member' && t('portal.news.message', { who: author.name }),
  'file.uploaded': ({ uploadedBy, name }) =>
    uploadedBy.kind === 'member' && t('portal.news.file', { who: uploadedBy.name, name }),
  'file.commented': ({ author }) => author.kind === 'member' && t('portal.news.comment', { who: author.name }),
  'update.published': () => t('portal.news.update'),
  'project.created': ({ name }) => t('portal.news.project', { name }),
  'project.completed': ({ name }) => t('portal.news.project_completed', { name }),
  'quote.sent': ({ title }) => t('portal.news.quote', { name: title }),
  'contract.sent': ({ title }) => t('portal.news.contract', { name: title }),
  'invoice.sent': ({ number }) => t('portal.news.invoice', { number }),
  'invoice.paid': ({ number }) => t('portal.news.invoice_paid', { number }),
}

/** Empty where there is nothing to tell. */
export function newsOf({ type, data }) {
  return SENTENCES[type]?.(data) || ''
}
