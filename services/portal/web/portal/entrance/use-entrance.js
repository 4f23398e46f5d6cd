// How one comes into an agency's portal by signing in: a session that is still there, a mailed link, a one-time password.
import { renewSession, sessionDoor } from './doors.js'
import { forgetDrafts, takeOver } from '../../lib/drafts.js'
import { inEntry, keepInEntry, onMove, startAt, takeSecret } from '../../lib/place.js'
import { openCode, openLink } from './requests.js'
import { onTold, tellTabs } from '../../lib/tabs.js'
import { useEffect, useState } from '../../lib/ui.js'

/**
 * A stage is `{at, ...}`: `link` and `code` hold the `secret` that they would use up, `inside` the `door`, `outside` the
 * `reason` why one is there, `closed` and `failed` the stage to try again. `renewing` asks for a session by the cookie.
 */
export function useEntrance(slug, hasCookie) {
  const [stage, setStage] = useState(() => mailedStage() ?? firstStage(slug, hasCookie))
  const goIn = ({ accessToken }) => setStage({ at: 'inside', door: sessionDoor(accessToken, slug) })
  const goOut = (reason) => {
    keepInEntry({ session: null })
    setStage({ at: 'outside', reason })
  }

  /** Uses up a secret; answers the refusal where it is worth another try. */
  const open = async ({ at, secret }) => {
    try {
      const signedIn = await (at === 'link' ? openLink(secret) : openCode(secret))
      const before = takeOver(slug, signedIn.id)
      if (before) startAt(before)
      goIn(signedIn)
      tellTabs({ what: 'signed-in', slug })
    } catch (refusal) {
      if (refusal.code === 'portal_closed') setStage({ at: 'closed', again: { at, secret } })
      else if (refusal.status === 401 || refusal.status === 400) goOut(`${at}-ended`)
      else return refusal
    }
    return null
  }
  const renew = async () => {
    const session = await renewSession()
    if (session) goIn(session)
    return session !== null
  }
  const signedOut = () => {
    forgetDrafts()
    startAt('')
    goOut('signed-out')
  }

  // A mailed link may be opened in a tab that is here already: then only the part after the `#` changes.
  useEffect(() => onMove(() => setStage((now) => mailedStage() ?? now)), [])
  useEffect(() => {
    const failed = ({ code }) => setStage({ at: code === 'portal_closed' ? 'closed' : 'failed', again: stage })
    if (stage.at === 'renewing') renew().then((found) => found || goOut('ended'), failed)
    if (stage.at === 'code') open(stage).then((refusal) => refusal && failed(refusal))
  }, [stage])
  useEffect(
    () =>
      onTold((news) => {
        if (stage.at === 'outside' && news.what === 'signed-in' && news.slug === slug) renew().catch(() => {})
        if (stage.at === 'inside' && news.what === 'signed-out' && stage.door.isFor(news.clientId)) signedOut()
      }),
    [stage],
  )
  return { stage, open, goOut, signedOut, tryAgain: () => setStage(stage.again) }
}

function mailedStage() {
  const secret = takeSecret('magic', 'otp')
  return secret && { at: secret.name === 'magic' ? 'link' : 'code', secret: secret.value }
}

function firstStage(slug, hasCookie) {
  const accessToken = inEntry('session')
  if (accessToken) return { at: 'inside', door: sessionDoor(accessToken, slug) }
  return hasCookie ? { at: 'renewing' } : { at: 'outside' }
}
