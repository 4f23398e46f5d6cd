// Markdown as elements that are safe to show, whoever wrote it.
//
// Both libraries are fetched when the first text is shown. DOMPurify makes the Trusted Types policy `dompurify`, the only
// one that pages allow, and answers nodes instead of HTML.
const TAGS = (
  'a b blockquote br code del em h2 h3 h4 h5 h6 hr i li ol p pre s strong sub sup table tbody td th thead tr ul'
).split(' ')
const SAFE = {
  ALLOWED_TAGS: TAGS,
  ALLOWED_ATTR: ['href', 'title', 'align', 'start'],
  ALLOWED_URI_REGEXP: /^(?:https?:|mailto:)/i,
  ALLOW_DATA_ATTR: false,
  ALLOW_ARIA_ATTR: false,
  RETURN_DOM_FRAGMENT: true,
}
let loading = null

/** A function that turns Markdown into a document fragment; a promise until the libraries are here. */
export function markdownReader() {
  loading ??= load().catch((failure) => {
    loading = null
    throw failure
  })
  return loading
}

/** Markdown as a document fragment. */
export async function markdown(text) {
  return (await markdownReader())(text)
}

async function load() {
  const [{ Marked }, { default: purify }] = await Promise.all([
    import('../vendor/marked-18.2.1/marked.esm.js'),
    import('../vendor/dompurify-3.4.18/purify.es.mjs'),
  ])
  // The page keeps its one h1; raw HTML is shown as it was typed; a picture from elsewhere would tell who reads.
  const renderer = {
    heading({ tokens, depth }) {
      const level = Math.min(depth + 1, 6)
      return `<h${level}>${this.parser.parseInline(tokens)}</h${level}>\n`
    },
    html: ({ text }) => escaped(text),
    image: ({ text, title }) => escaped(text || title || ''),
    checkbox: ({ checked }) => (checked ? '☑ ' : '☐ '),
  }
  const marked = new Marked({ gfm: true, breaks: true, async: false, renderer })
  return (text) => {
    const fragment = purify.sanitize(marked.parse(String(text ?? '')), SAFE)
    for (const link of fragment.querySelectorAll('a')) lead(link)
    return fragment
  }
}

function lead(link) {
  if (!link.hasAttribute('href')) return
  link.target = '_blank'
  link.rel = 'noopener noreferrer nofollow'
}

const ENTITIES = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' }

function escaped(text) {
  return text.replace(/[&<>"']/g, (sign) => ENTITIES[sign])
}
