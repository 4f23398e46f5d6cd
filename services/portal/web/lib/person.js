// Whether a person is at the page.
//
// Mail scanners open links in real browsers, run every script and wait, but they have no hands. So whatever counts a
// person's visit waits for the first touch of mouse, finger or keyboard that the browser itself vouches for.
const SIGNS = ['pointerdown', 'pointermove', 'keydown', 'wheel', 'touchstart']

let touched = null
let isThere = false

/** Starts to look out; to be called before anything can be pressed. */
export function watchForPerson() {
  touched = new Promise((resolve) => {
    let rest = null
    const look = (event) => {
      if (!event.isTrusted) return
      // A page that changes under a resting pointer makes browsers report a move which nobody made.
      if (event.type === 'pointermove') {
        const place = `${event.screenX},${event.screenY}`
        rest ??= place
        if (rest === place) return
      }
      for (const sign of SIGNS) removeEventListener(sign, look, true)
      isThere = true
      resolve()
    }
    for (const sign of SIGNS) addEventListener(sign, look, { capture: true, passive: true })
  })
}

/** Does something as soon as a person is there; returns what calls it off. */
export function whenPerson(action) {
  let off = false
  touched.then(() => off || action())
  return () => {
    off = true
  }
}

/** Whether a person pressed, be it by an aid that presses for them, and not a script that presses all it finds. */
export function byHand(event) {
  return event.isTrusted || isThere
}
