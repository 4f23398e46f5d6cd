// What is being typed survives a reload, a failed request and an ended session.
//
// It lies in this tab's own storage. Only when a session has ended is it handed to the tab that the next mailed link
// will open, and then only to the same client and for a day.
const DRAFT = 'portico.draft.'
const OWNER = 'portico.client'
const HANDED = 'portico.return.'
const KEPT_MS = 24 * 60 * 60 * 1000

export function keptDraft(name) {
  return quietly(() => sessionStorage.getItem(DRAFT + name)) ?? ''
}

export function keepDraft(name, text) {
  quietly(() => (text ? sessionStorage.setItem(DRAFT + name, text) : sessionStorage.removeItem(DRAFT + name)))
}

/** Whose drafts this tab keeps from now on; those of somebody else go. */
export function draftsBelongTo(clientId) {
  quietly(() => {
    const owner = sessionStorage.getItem(OWNER)
    if (owner && owner !== clientId) forgetDrafts()
    sessionStorage.setItem(OWNER, clientId)
  })
}

export function forgetDrafts() {
  quietly(() => {
    for (const name of draftNames()) sessionStorage.removeItem(name)
    sessionStorage.removeItem(OWNER)
  })
}

/** Hands place and drafts to whichever tab signs in to that portal next. */
export function handOver(slug, hash) {
  quietly(() => {
    const drafts = draftNames().map((name) => [name, sessionStorage.getItem(name)])
    const handed = { hash, drafts, owner: sessionStorage.getItem(OWNER), at: Date.now() }
    localStorage.setItem(HANDED + slug, JSON.stringify(handed))
  })
}

/** Takes what was handed over, and answers where to go on; empty when there is nothing for this client. */
export function takeOver(slug, clientId) {
  return (
    quietly(() => {
      const handed = JSON.parse(localStorage.getItem(HANDED + slug) ?? 'null')
      localStorage.removeItem(HANDED + slug)
      draftsBelongTo(clientId)
      if (!handed || Date.now() - handed.at > KEPT_MS || (handed.owner && handed.owner !== clientId)) return ''
      for (const [name, text] of handed.drafts) sessionStorage.setItem(name, text)
      return handed.hash
    }) ?? ''
  )
}

function draftNames() {
  return Object.keys(sessionStorage).filter((name) => name.startsWith(DRAFT))
}

/** Storage may be switched off: drafts then live as long as the page. */
function quietly(action) {
  try {
    return action()
  } catch {
    return null
  }
}
