// Every action of the client: what is asked, and what the page shows afterwards.
import { whenPerson } from '../../lib/person.js'
import { saveAs } from '../../lib/save.js'

export function actionsWith({ api, attempt, load, setSnapshot }) {
  const decided = (file) =>
    setSnapshot((before) => ({ ...before, files: before.files.map((one) => (one.id === file.id ? file : one)) }))

  return {
    approve: (file) =>
      attempt(async () => decided(await api.approve(file)), `You approved ${file.name}.`),
    changes: (file, { comment, sent }) =>
      attempt(async () => {
        decided(await api.requestChanges(file, comment))
        sent()
      }, `Your request about ${file.name} has been sent.`),
    sign: (file, signature) =>
      attempt(async () => {
        decided(await api.sign(file, signature))
        // Brings the sealed copy, which lies beside the file from now on.
        await load()
      }, `You signed ${file.name}.`),
    download: (file) => attempt(async () => saveAs(await api.fileBytes(file), file.name)),
    creditNotePdf: (note) => attempt(async () => saveAs(await api.creditNotePdf(note.id), `${note.number}.pdf`)),
    pdf: (invoice) => attempt(async () => saveAs(await api.invoicePdf(invoice.id), `${invoice.number}.pdf`)),
    write: (project, thread, content, key) =>
      attempt(async () => {
        const about = { content, projectId: project.id, ...(thread && { threadId: thread.id }) }
        const message = await api.write(about, key)
        setSnapshot((before) => ({ ...before, threads: withMessage(before.threads, project, message) }))
      }, 'Sent.'),
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

function withMessage(threads, project, message) {
  const known = threads.some((thread) => thread.id === message.threadId)
  const all = known ? threads : [...threads, { id: message.threadId, projectId: project.id, name: 'General', messages: [] }]
  return all.map((thread) => {
    const here = thread.id === message.threadId && !thread.messages.some((one) => one.id === message.id)
    return here ? { ...thread, messages: [...thread.messages, message] } : thread
  })
}
