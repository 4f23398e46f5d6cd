// What the portal knows and can do: the snapshot, the notice on show, and every action of the client.
import { onMove } from './place.js'
import { saveAs } from './save.js'
import { applyTheme } from './theme.js'
import { useCallback, useEffect, useMemo, useState } from './ui.js'
import { explain } from './words.js'

const NOTICE_MS = 8000

export function usePortal(api) {
  const [phase, setPhase] = useState('loading')
  const [snapshot, setSnapshot] = useState(null)
  const [notice, setNotice] = useState(null)

  const load = useCallback(async () => {
    try {
      const fresh = await api.snapshot()
      applyTheme(fresh.settings)
      document.title = fresh.settings.portal_name || fresh.agency.name
      setSnapshot(fresh)
      setPhase('ready')
      return true
    } catch (refusal) {
      setPhase(phaseAfter(refusal))
      return false
    }
  }, [api])

  useEffect(() => {
    // Told apart from the reading itself: programs that only follow links do not run this.
    load()
      .then((shown) => shown && api.opened())
      .catch(() => {})
  }, [load])

  useEffect(() => {
    if (notice?.tone !== 'success') return undefined
    const timer = setTimeout(() => setNotice(null), NOTICE_MS)
    return () => clearTimeout(timer)
  }, [notice])

  useEffect(() => onMove(() => setNotice(null)), [])

  const attempt = useCallback(
    async (action, thanks) => {
      try {
        await action()
        if (thanks) setNotice({ tone: 'success', text: thanks })
        return true
      } catch (refusal) {
        if (refusal.status === 401) setPhase('ended')
        setNotice({ tone: 'danger', text: explain(refusal) })
        if (refusal.status === 409) await load()
        return false
      }
    },
    [load],
  )

  const actions = useMemo(() => actionsWith({ api, attempt, load, setSnapshot }), [api, attempt, load])
  return { phase, snapshot, notice, load, actions, closeNotice: () => setNotice(null) }
}

function phaseAfter(refusal) {
  if (refusal.status === 401 || refusal.status === 404) return 'ended'
  return refusal.code === 'portal_closed' ? 'closed' : 'failed'
}

function actionsWith({ api, attempt, load, setSnapshot }) {
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
    pdf: (invoice) => attempt(async () => saveAs(await api.invoicePdf(invoice.id), `${invoice.number}.pdf`)),
    write: (project, thread, content, key) =>
      attempt(async () => {
        const about = { content, projectId: project.id, ...(thread && { threadId: thread.id }) }
        const message = await api.write(about, key)
        setSnapshot((before) => ({ ...before, threads: withMessage(before.threads, project, message) }))
      }, 'Sent.'),
    invoiceOpened: (invoice) => api.invoiceOpened(invoice.id).catch(() => {}),
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
