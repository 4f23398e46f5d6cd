// An intake form and whose it is, as its page needs them.
import { openIntake } from './intake.js'
import { welcomeTo } from '../entrance/requests.js'
import { applyTheme } from '../../lib/theme.js'
import { useCallback, useEffect, useState } from '../../lib/ui.js'

// Far sooner than its token ends: a tab may stay open for weeks.
const RENEW_MS = 12 * 60 * 60 * 1000

/** Phases: loading, ready, missing (no such form, or not open), failed. `openedAt` is when its token was given. */
export function useIntake(slug, name) {
  const [phase, setPhase] = useState('loading')
  const [opened, setOpened] = useState(null)
  const load = useCallback(async () => {
    try {
      const [form, welcome] = await Promise.all([openIntake(slug, name), welcomeTo(slug)])
      applyTheme(welcome)
      setOpened({ form, welcome, openedAt: Date.now() })
      setPhase('ready')
    } catch (refusal) {
      setPhase(refusal.status === 404 ? 'missing' : 'failed')
    }
  }, [slug, name])
  useEffect(() => {
    load()
  }, [load])
  useEffect(() => {
    if (phase !== 'ready') return undefined
    const renew = () => openIntake(slug, name).then((form) => setOpened((now) => ({ ...now, form, openedAt: Date.now() })))
    const timer = setInterval(() => renew().catch(() => {}), RENEW_MS)
    return () => clearInterval(timer)
  }, [phase])
  useEffect(() => {
    if (opened) document.title = `${opened.form.name} · ${opened.welcome.portal_name}`
  }, [opened])
  return { phase, load, ...opened }
}
