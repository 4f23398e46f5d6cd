import { markdownReader } from '../lib/markdown.js'
import { html, useLayoutEffect, useRef, useState } from '../lib/ui.js'

let read = null

/** A text in Markdown; as it was typed until what reads it has come, and where it does not come. */
export function MarkdownText({ text, kind = '' }) {
  const [ready, setReady] = useState(read !== null)
  const place = useRef(null)
  useLayoutEffect(() => {
    if (ready) {
      place.current.replaceChildren(read(text))
      return undefined
    }
    let here = true
    markdownReader().then(
      (reader) => {
        read = reader
        if (here) setReady(true)
      },
      () => {},
    )
    return () => {
      here = false
    }
  }, [text, ready])
  const look = `prose ${kind}`.trim()
  // Two elements, so that the library never looks for its text among nodes that it did not make.
  return ready
    ? html`<div key="read" class=${look} dir="auto" ref=${place}></div>`
    : html`<div key="plain" class=${`${look} long-text`} dir="auto">${text}</div>`
}
