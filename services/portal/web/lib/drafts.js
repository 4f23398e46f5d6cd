// What is being typed survives a reload and a failed request, in this tab only.
const PREFIX = 'portico.draft.'

export function keptDraft(name) {
  try {
    return sessionStorage.getItem(PREFIX + name) ?? ''
  } catch {
    return ''
  }
}

export function keepDraft(name, text) {
  try {
    if (text) sessionStorage.setItem(PREFIX + name, text)
    else sessionStorage.removeItem(PREFIX + name)
  } catch {
    // Storage is switched off: the draft then lives as long as the page.
  }
}
