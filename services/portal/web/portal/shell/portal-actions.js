// What several pages of the client can do: what is asked, and what is shown and said afterwards.
import { whenPerson } from '../../lib/person.js'
import { saveAs } from '../../lib/save.js'
import { t } from '../../lib/texts.js'

export function actionsWith({ api, attempt, load, put }) {
  return {
    approve: (file) => attempt(async () => put('files', await api.approve(file)), t('portal.files.you_approved', { name: file.name })),
    changes: (file, comment) =>
      attempt(
        async () => put('files', await api.requestChanges(file, comment)),
        t('portal.files.changes_sent', { name: file.name }),
      ),
    sign: (file, signature) =>
      attempt(async () => {
        put('files', await api.sign(file, signature))
        // Brings the sealed copy, which lies beside the file from now on.
        await load()
      }, t('portal.files.you_signed', { name: file.name })),
    download: (file, version = file.version) =>
      attempt(async () => saveAs(await api.bytes(`/api/files/${file.id}/content?version=${version}`), file.name)),
    creditNotePdf: (note) => attempt(async () => saveAs(await api.creditNotePdf(note.id), `${note.number}.pdf`)),
    pdf: (invoice) => attempt(async () => saveAs(await api.invoicePdf(invoice.id), `${invoice.number}.pdf`)),
    // A person has to be there: opening a page is not reading it.
    invoiceOpened: (invoice) => whenPerson(() => api.invoiceOpened(invoice.id).catch(() => {})),
    signOut: (done) =>
      attempt(async () => {
        await api.signOut().catch((refusal) => {
          // A session that is over already is what was asked for.
          if (refusal.status !== 401) throw refusal
        })
        done()
      }),
  }
}
