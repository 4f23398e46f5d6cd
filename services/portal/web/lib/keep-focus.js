// What has the focus may go: a button is answered, a row is discarded. The browser then starts again at the page's top.

/** From now on the page's main part gets the focus of what is taken away, unless somebody else has taken it. */
export function keepFocus() {
  let last = null
  addEventListener('focusin', ({ target }) => (last = target))
  new MutationObserver(() => {
    if (!last || last.isConnected) return
    last = null
    if (document.activeElement === document.body) document.getElementById('main')?.focus({ preventScroll: true })
  }).observe(document.body, { childList: true, subtree: true })
}
